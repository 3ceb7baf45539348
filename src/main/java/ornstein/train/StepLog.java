package ornstein.train;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/// |w|^2 and |g|^2 of every group at every step, in a buffer that is emptied into files: `every-FIRST.bin` holds the
/// steps from FIRST on. Files follow each other from step 0; what an interrupted run left beyond its
/// checkpoint is overwritten or never reached.
final class StepLog {
    private static final String KIND = "every-step";
    private static final long NUMBERS = 2_000_000;

    private final Path folder;
    private final String owner;
    private final Tensor buffer;
    private long first;
    private int rows;

    StepLog(Path folder, String owner, TrainSpec spec, Net net, long first) {
        this.folder = folder;
        this.owner = owner;
        this.first = first;
        long width = 2L * spec.replicas() * net.groups().size();
        long capacity = Math.clamp(NUMBERS / width, 1, Math.max(1, spec.steps()));
        buffer = Torch.zeros(
                spec.precision(), capacity, 2, spec.replicas(), net.groups().size());
    }

    /// Adds a step: |w|^2 and |g|^2 `[R, G]`.
    void add(Tensor norm, Tensor gradient) {
        Tensor row = buffer.select(0, rows);
        row.select(0, 0).copy_(norm);
        row.select(0, 1).copy_(gradient);
        if (++rows == buffer.size(0)) {
            flush();
        }
    }

    /// Empties the buffer into a file.
    void flush() {
        if (rows == 0) {
            return;
        }
        try (PointerScope _ = new PointerScope()) {
            double[] values = Torch.doubles(buffer.narrow(0, 0, rows));
            int count = rows;
            Frame.write(file(folder, first), KIND, owner, out -> {
                out.writeInt(count);
                Frame.doubles(out, values);
            });
        }
        first += rows;
        rows = 0;
    }

    private static Path file(Path folder, long first) {
        return folder.resolve("every-" + first + ".bin");
    }

    /// All `steps` rows, each `2 R G` numbers.
    static List<double[]> read(Path folder, String owner, long steps, int width) {
        List<double[]> all = new ArrayList<>();
        while (all.size() < steps) {
            Path file = file(folder, all.size());
            if (!Files.exists(file)) {
                throw new IllegalStateException(folder + " lacks the log of step " + all.size());
            }
            Frame.read(file, KIND, owner, in -> {
                int count = in.readInt();
                double[] values = Frame.doubles(in);
                for (int i = 0; i < count; i++) {
                    all.add(Arrays.copyOfRange(values, i * width, (i + 1) * width));
                }
                return count;
            });
        }
        return all;
    }
}
