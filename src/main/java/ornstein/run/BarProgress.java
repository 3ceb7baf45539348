package ornstein.run;

import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarStyle;

/// A bar with an estimate of the time left.
final class BarProgress implements Progress {
    private final ProgressBar bar;

    BarProgress(String task, String unit, long total, long before) {
        int columns = Math.clamp(Integer.getInteger("ornstein.columns", 80), 40, 120);
        bar = ProgressBar.builder()
                .setTaskName(task)
                .setUnit(" " + unit, 1)
                .setInitialMax(total)
                .startsFrom(before, Duration.ZERO)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(200)
                .setConsumer(new ConsoleProgressBarConsumer(System.err, columns - 1))
                .build();
    }

    @Override
    public void step(long amount) {
        bar.stepBy(amount);
    }

    @Override
    public void note(String message) {
        System.err.println("\r\u001b[K" + message);
        bar.refresh();
    }

    @Override
    public void close() {
        bar.close();
    }
}
