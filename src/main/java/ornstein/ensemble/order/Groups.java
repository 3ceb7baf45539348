package ornstein.ensemble.order;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import ornstein.run.Interruption;

/// Groups of paths over threads, each with its own working memory; results are in the order of the groups.
public final class Groups {
    private Groups() {}

    /// @param memory made once for each thread
    public static <M, R> List<R> run(
            int groups,
            int threads,
            Interruption stop,
            Supplier<M> memory,
            java.util.function.BiFunction<M, Integer, R> work) {
        int workers = Math.min(groups, threads);
        try (ExecutorService pool = Executors.newFixedThreadPool(workers)) {
            List<Future<List<R>>> parts = new ArrayList<>();
            for (int w = 0; w < workers; w++) {
                int first = w;
                parts.add(pool.submit((Callable<List<R>>) () -> {
                    M own = memory.get();
                    List<R> results = new ArrayList<>();
                    for (int g = first; g < groups; g += workers) {
                        stop.check();
                        results.add(work.apply(own, g));
                    }
                    return results;
                }));
            }
            IntFunction<R> result = g -> of(parts.get(g % workers)).get(g / workers);
            List<R> all = new ArrayList<>();
            for (int g = 0; g < groups; g++) all.add(result.apply(g));
            return all;
        }
    }

    private static <R> R of(Future<R> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException r) throw r;
            if (e.getCause() instanceof Error r) throw r;
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the thread was interrupted", e);
        }
    }
}
