package ornstein.claim.suite;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ornstein.claim.Claim;
import ornstein.claim.ClaimResult;
import ornstein.claim.Context;
import ornstein.claim.Experiment;
import ornstein.claim.Units;
import ornstein.claim.Verdict;

/// The experiments on some claims.
public final class Validation {
    private final Context context;
    private final List<Claim> claims;
    private final Map<Claim, Experiment> experiments = new LinkedHashMap<>();

    /// Prepares the experiments: reads their numbers.
    public Validation(List<Claim> claims, Context context) {
        this.context = context;
        this.claims = List.copyOf(claims);
        for (Claim claim : claims) {
            Experiment experiment = Kinds.experiment(claim, context);
            if (experiment != null) {
                experiments.put(claim, experiment);
            }
        }
    }

    /// Whether there is anything to do.
    public boolean isEmpty() {
        return experiments.isEmpty();
    }

    /// Does the work that is not done yet; see [Units#complete].
    public void run(Units units) throws IOException {
        units.complete(List.copyOf(experiments.values()));
    }

    /// A result a claim, from the files of the finished units alone.
    public List<ClaimResult> analyse(Units units) throws IOException {
        List<ClaimResult> results = new ArrayList<>();
        for (Claim claim : claims) {
            Experiment experiment = experiments.get(claim);
            results.add(experiment == null ? notRun(claim) : experiment.analyse(units));
        }
        return results;
    }

    /// Writes the raw data of every experiment.
    public void writeRaw(Units units, Path folder) throws IOException {
        for (Experiment experiment : experiments.values()) {
            experiment.writeRaw(units, folder);
        }
    }

    /// The results where there is nothing to do.
    public List<ClaimResult> notRun() {
        return claims.stream().map(this::notRun).toList();
    }

    private ClaimResult notRun(Claim claim) {
        String note = claim.experiment() == null
                ? "There is no experiment on this claim yet."
                : "There is no experiment on " + context.data() + " at scale "
                        + context.scale().text() + ".";
        return new ClaimResult(claim, Verdict.NOT_RUN, List.of(), 0, List.of(note), List.of());
    }
}
