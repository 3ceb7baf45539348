package ornstein.train;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;
import ornstein.train.data.Dataset;

/// The training loop of one group of replicas, with its checkpoints.
final class Trainer {
    private static final String KIND = "checkpoint";
    private static final long TELL_NANOS = 100_000_000;

    private final TrainSpec spec;
    private final Dataset data;
    private final Path folder;
    private final String owner;
    private final Snapshot start;
    private final Net net;
    private final Accounts accounts;
    private final @Nullable StepLog log;
    private final Tensor theta;
    private final Mover mover;
    private final List<ProbeData> probes = new ArrayList<>();
    private long step;

    Trainer(TrainSpec spec, Dataset data, Path folder, String owner) {
        this.spec = spec;
        this.data = data;
        this.folder = folder;
        this.owner = owner;
        start = Start.of(spec);
        net = Net.of(spec.network(), spec.precision(), start.fixedSeed());
        accounts = new Accounts(net, spec);
        theta = start.tensor(spec.precision());
        mover = Mover.of(spec, net, data.train(), theta);
        if (Files.exists(checkpoint())) {
            restore();
        }
        log = spec.probes().everyStep() && !net.groups().isEmpty() ? new StepLog(folder, owner, spec, net, step) : null;
    }

    private Path checkpoint() {
        return folder.resolve("checkpoint.bin");
    }

    Outcome run(Watch watch) {
        watch.advanced(step * spec.replicas());
        long told = step;
        long toldAt = System.nanoTime();
        long savedAt = toldAt;
        while (true) {
            observe();
            if (step == spec.steps()) {
                break;
            }
            long now = System.nanoTime();
            if (watch.interrupted()) {
                stop(watch);
            }
            if (now - savedAt > watch.checkpointSeconds() * 1e9) {
                save();
                savedAt = now;
            }
            if (now - toldAt > TELL_NANOS) {
                watch.advanced((step - told) * spec.replicas());
                told = step;
                toldAt = now;
            }
            boolean done;
            try (PointerScope _ = new PointerScope();
                    NoGradGuard _ = Torch.noGradients()) {
                done = update(watch::interrupted);
            }
            if (done) {
                step++;
            } else {
                stop(watch);
            }
        }
        watch.advanced((step - told) * spec.replicas());
        return finish();
    }

    private void stop(Watch watch) {
        save();
        watch.stopped();
    }

    /// One step of all replicas.
    ///
    /// @return false if it was stopped, and nothing was done
    private boolean update(BooleanSupplier stop) {
        double eta = spec.eta().at(step);
        double lambda = spec.lambda().at(step);
        Optional<Double> reach = spec.optimiser().reach();
        boolean sums = accounts.wantsGroups();
        Tensor g = mover.look(start.step(), step, eta, lambda, stop);
        if (g == null) {
            return false;
        }
        Tensor norm = sums || log != null ? net.groupSquares(theta) : null;
        Tensor square = norm != null ? net.groupSquares(g) : null;
        if (log != null && norm != null && square != null) {
            log.add(norm, square);
        }
        boolean byGradient = reach.isPresent() || net.groups().isEmpty();
        boolean news = byGradient && accounts.step(step, eta * reach.orElse(1.0), theta, g);
        Tensor before = sums || !byGradient ? theta.clone() : theta;
        mover.move(eta, lambda);
        if (sums || !byGradient) {
            Tensor u = before.sub(theta);
            if (sums && norm != null && square != null) {
                Tensor moved = net.groupSquares(u);
                Tensor along = net.groupProducts(before, u);
                Tensor stride = reach.isPresent()
                        ? square
                        : moved.sub(along.square().div_(norm)).clamp_min_(new Scalar(0.0));
                accounts.groups(norm, square, stride, reach.isPresent() ? eta * reach.get() : 1);
                accounts.rotation(norm, moved, along);
            }
            if (!byGradient) {
                news = accounts.step(step, 1, before, across(before, u));
            }
        }
        if (news || accounts.anyDead()) {
            for (int r = 0; r < spec.replicas(); r++) {
                if (accounts.dead(r)) {
                    mover.pin(r);
                }
            }
        }
        return true;
    }

    /// The part of u that does not lie along the vector of all scale-invariant parameters.
    private Tensor across(Tensor w, Tensor u) {
        Tensor along = net.invariantProduct(u, w).div_(net.invariantProduct(w, w));
        return u.sub(w.mul(along.unsqueeze(1)));
    }

    /// Probes and snapshots due at this step.
    private void observe() {
        ProbePlan plan = spec.probes();
        boolean seen = !probes.isEmpty() && probes.getLast().step() == step;
        if (!seen && plan.steps().contains(step)) {
            probes.add(probe(plan));
        }
        if (plan.snapshots().contains(step)) {
            double[] flat = Torch.doubles(theta);
            int width = Math.toIntExact(net.size());
            double[][] rows = new double[spec.replicas()][];
            for (int r = 0; r < rows.length; r++) {
                rows[r] = Arrays.copyOfRange(flat, r * width, (r + 1) * width);
            }
            new Snapshot(
                            Snapshot.network(spec.network()),
                            start.fixedSeed(),
                            start.step() + step,
                            spec.firstReplica(),
                            rows)
                    .write(OutcomeData.snapshotFile(folder, step), owner);
        }
    }

    private ProbeData probe(ProbePlan plan) {
        int replicas = spec.replicas();
        Scores heldOut = Scores.NONE;
        if (plan.heldOut() || plan.logits()) {
            Evaluation e = Evaluation.of(net, theta, data.heldOut(), data.train(), plan.logits());
            heldOut = Scores.of(e, replicas, plan.heldOut(), plan.logits());
        }
        Scores training = plan.training()
                ? Scores.of(Evaluation.of(net, theta, data.train(), data.train(), false), replicas, false, false)
                : Scores.NONE;
        return new ProbeData(step, accounts.clock(), norms(), heldOut, training, accounts.close(theta));
    }

    private double[] norms() {
        double[] norms = new double[spec.replicas()];
        Arrays.fill(norms, Double.NaN);
        if (!net.groups().isEmpty()) {
            try (PointerScope _ = new PointerScope()) {
                norms = Torch.doubles(net.invariantSquare(theta));
            }
            for (int r = 0; r < norms.length; r++) {
                norms[r] = Math.sqrt(norms[r]);
            }
        }
        return norms;
    }

    private void save() {
        if (log != null) {
            log.flush();
        }
        Frame.write(checkpoint(), KIND, owner, out -> {
            out.writeLong(step);
            Frame.doubles(out, Torch.doubles(theta));
            for (Tensor t : mover.remembered()) {
                Frame.doubles(out, Torch.doubles(t));
            }
            accounts.write(out);
            ProbeData.writeAll(out, probes);
        });
    }

    private void restore() {
        Frame.read(checkpoint(), KIND, owner, in -> {
            step = in.readLong();
            set(theta, Frame.doubles(in));
            for (Tensor t : mover.remembered()) {
                set(t, Frame.doubles(in));
            }
            accounts.read(in);
            probes.addAll(ProbeData.readAll(in));
            return step;
        });
    }

    private void set(Tensor t, double[] values) {
        try (PointerScope _ = new PointerScope()) {
            t.copy_(Torch.of(spec.precision(), values, spec.replicas(), net.size()));
        }
    }

    private Outcome finish() {
        if (log != null) {
            log.flush();
        }
        OutcomeData outcome = new OutcomeData(folder, owner, spec, probes, accounts.diverged());
        outcome.write();
        checkpoint().toFile().delete();
        return outcome;
    }
}
