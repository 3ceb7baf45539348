package ornstein.train;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
    private final Batches batches;
    private final Accounts accounts;
    private final @Nullable StepLog log;
    private final Tensor theta;
    private final @Nullable Tensor velocity;
    private final List<ProbeData> probes = new ArrayList<>();
    private long step;

    Trainer(TrainSpec spec, Dataset data, Path folder, String owner) {
        this.spec = spec;
        this.data = data;
        this.folder = folder;
        this.owner = owner;
        start = Start.of(spec);
        net = Net.of(spec.network(), spec.precision(), start.fixedSeed());
        batches = new Batches(spec, data.train());
        accounts = new Accounts(net, spec);
        theta = start.tensor(spec.precision());
        velocity = spec.momentum() > 0 ? Torch.zeros(spec.precision(), spec.replicas(), net.size()) : null;
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
                save();
                watch.stopped();
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
            try (PointerScope _ = new PointerScope();
                    NoGradGuard _ = Torch.noGradients()) {
                update();
            }
            step++;
        }
        watch.advanced((step - told) * spec.replicas());
        return finish();
    }

    /// One step of SGD for all replicas.
    private void update() {
        double eta = spec.eta().at(step);
        double lambda = spec.lambda().at(step);
        batches.draw(start.step() + step);
        Tensor g = net.gradient(theta, batches.x(), batches.y());
        boolean news = accounts.gradient(step, eta, theta, g);
        boolean sums = accounts.wantsGroups();
        Tensor norm = sums || log != null ? net.groupSquares(theta) : null;
        Tensor square = norm != null ? net.groupSquares(g) : null;
        if (log != null && norm != null && square != null) {
            log.add(norm, square);
        }
        Tensor u = g;
        double keep = 1 - eta * lambda;
        if (velocity != null) {
            u = velocity.mul_(new Scalar(spec.momentum())).add_(g).add_(theta, new Scalar(lambda));
            keep = 1;
        }
        if (sums && norm != null && square != null) {
            accounts.groups(eta, norm, square);
            Tensor u2 = velocity == null ? square : net.groupSquares(u);
            accounts.rotation(norm, u2, net.groupProducts(theta, u), keep, eta);
        }
        theta.mul_(new Scalar(keep)).sub_(u, new Scalar(eta));
        if (news || accounts.anyDead()) {
            pinDead();
        }
    }

    /// The rows of diverged replicas are held at ones: finite numbers, which cost the other rows nothing.
    private void pinDead() {
        for (int r = 0; r < spec.replicas(); r++) {
            if (accounts.dead(r)) {
                theta.select(0, r).fill_(new Scalar(1.0));
                if (velocity != null) {
                    velocity.select(0, r).zero_();
                }
            }
        }
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
            if (velocity != null) {
                Frame.doubles(out, Torch.doubles(velocity));
            }
            accounts.write(out);
            ProbeData.writeAll(out, probes);
        });
    }

    private void restore() {
        Frame.read(checkpoint(), KIND, owner, in -> {
            step = in.readLong();
            set(theta, Frame.doubles(in));
            if (velocity != null) {
                set(velocity, Frame.doubles(in));
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
