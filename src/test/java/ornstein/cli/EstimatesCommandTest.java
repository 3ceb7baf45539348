package ornstein.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// `simulate` with `mlmc`, with `talay-tubaro` and with steps that adapt; `compare`.
class EstimatesCommandTest {
    @TempDir
    Path temporary;

    private JsonNode json(String arguments) {
        return Invocation.json(0, arguments + " --out " + temporary.resolve("run"));
    }

    private void hasFiles(String... names) {
        for (String name : names) {
            assertTrue(Files.exists(temporary.resolve("run").resolve(name)), name);
        }
    }

    @Test
    void multilevelMonteCarloGivesItsLevels() throws IOException {
        JsonNode a = json("simulate ou --method mlmc --of milstein --tolerance 0.05");
        assertEquals(
                "[bias, cost, cov, dt, failed, levels, mean, method, model, observables, of, paths, plainCost,"
                        + " precision, se, seconds, seed, state, steps, times, tolerance]",
                a.propertyNames().toString());
        double exact = Math.exp(-2);
        assertEquals(exact, a.get("mean").get(0).get(0).asDouble(), 3 * 0.05);
        assertTrue(a.get("se").get(0).get(0).asDouble() <= 0.05);
        long paths = 0;
        double cost = 0;
        double step = 0.25;
        for (JsonNode level : a.get("levels")) {
            assertEquals(
                    "[level, step, paths, mean, variance, plain, cost]",
                    level.propertyNames().toString());
            assertEquals(step, level.get("step").asDouble());
            step /= 2;
            paths += level.get("paths").asLong();
            cost += level.get("cost").asDouble();
        }
        assertEquals(paths, a.get("paths").asLong());
        assertEquals(cost, a.get("cost").asDouble());
        hasFiles("results.csv", "results.parquet", "timings.csv", "report.html", "figures/variances.svg");
        List<String> table = Files.readAllLines(temporary.resolve("run/results.csv"));
        assertEquals("level,step,paths,functional,mean,variance,plain_variance,path_steps", table.getFirst());
        assertEquals(1 + 2 * a.get("levels").size(), table.size());
    }

    @Test
    void anExtrapolationGivesMeansAtTheSavedTimes() throws IOException {
        JsonNode a = json("simulate ou --method talay-tubaro --dt 0.1 --save 5 --paths 2000");
        assertEquals(
                "[backend, cov, dt, failed, mean, method, model, observables, of, paths, precision, se, seconds, seed,"
                        + " state, steps, times]",
                a.propertyNames().toString());
        assertEquals("euler-maruyama", a.get("of").asString());
        assertEquals(6, a.get("times").size());
        double error = a.get("mean").get(5).get(0).asDouble() - Math.exp(-2);
        assertEquals(0, error, 5 * a.get("se").get(5).get(0).asDouble());
        hasFiles("results.csv", "results.parquet", "timings.csv", "report.html", "figures/means.svg");
        assertEquals(
                "step,time,mean.x,se.x,observable.second.mean,observable.second.se",
                Files.readAllLines(temporary.resolve("run/results.csv")).getFirst());
    }

    /// On the console, in the JSON, in the journal and on the page.
    @Test
    void adaptiveRunsSayHowManyStepsTheyTook() throws IOException {
        JsonNode a = json("simulate ou --method srk-a1 --tolerance 1e-2 --dt 0.25 --paths 200");
        JsonNode steps = a.get("adaptive");
        assertEquals("[accepted, rejected, smallest]", steps.propertyNames().toString());
        long rejected = steps.get("rejected").asLong();
        assertEquals(4 * 200, steps.get("accepted").asLong() - rejected);
        assertTrue(rejected > 200 && steps.get("smallest").asDouble() <= 0.125, steps.toString());
        String told = rejected + " rejected";
        assertTrue(Files.readString(temporary.resolve("run/report.html")).contains(told));
        assertTrue(Files.readString(temporary.resolve("run/journal.jsonl")).contains("\"rejected\":" + rejected));
        String text = Invocation.answer(
                0,
                "simulate ou --method srk-a1 --tolerance 1e-2 --dt 0.25 --paths 200 --out " + temporary.resolve("b"));
        assertTrue(text.contains(told), text);
        assertFalse(Invocation.json(0, "simulate ou --method srk-a1 --paths 10 --out " + temporary.resolve("c"))
                .has("adaptive"));
    }

    @Test
    void anAlgorithmWithoutBatchesNamesNone() {
        String text = Invocation.answer(
                0, "compare four-points --of gd --with gradient-flow --paths 64 --out " + temporary.resolve("gd"));
        assertTrue(text.startsWith("gd of four-points, eta = 0.1,"), text);
    }

    @Test
    void aToleranceThatNoStepMeetsIsSaid() {
        String text = Invocation.answer(
                3, "simulate ou --method srk-w1 --tolerance 1e-15 --paths 2 --out " + temporary.resolve("none"));
        assertTrue(text.contains("none accepted, 42 rejected"), text);
    }

    @Test
    void anAlgorithmStandsBesideItsLimits() throws IOException {
        JsonNode a = json("compare four-points --with sde1,sde2 --steps 10 --paths 200 --save 2");
        assertEquals(
                "[model, of, eta, sampling, seed, paths, steps, state, times, moments, floor, limits, epoch]",
                a.propertyNames().toString());
        assertEquals("[0.0,0.5,1.0]", a.get("times").toString());
        assertEquals(
                "[w1, w1se, energy, energySe]", a.get("floor").propertyNames().toString());
        double[] claimed = {1, 2};
        for (int l = 0; l < 2; l++) {
            JsonNode limit = a.get("limits").get(l);
            assertEquals(
                    "[limit, moments, distance, local, global]",
                    limit.propertyNames().toString());
            assertEquals(
                    "[eta, error, se, order, ci]",
                    limit.get("local").propertyNames().toString());
            assertEquals(claimed[l] + 1, limit.get("local").get("order").asDouble(), 0.15);
            assertEquals(claimed[l], limit.get("global").get("order").asDouble(), 0.15);
        }
        assertEquals("shuffle", a.get("epoch").get(1).get("sampling").asString());
        hasFiles(
                "results.csv",
                "errors.csv",
                "errors.parquet",
                "timings.csv",
                "report.html",
                "figures/global-error.svg");
        assertEquals(
                "with,time,w1.w,w1se.w,energy,energy_se",
                Files.readAllLines(temporary.resolve("run/results.csv")).getFirst());
        assertEquals(
                10, Files.readAllLines(temporary.resolve("run/results.csv")).size());
    }

    /// Where moments do not close one step is enumerated, and the end is at eta k = 1.
    @Test
    void oneStepHasAnErrorWhereMomentsDoNotClose() throws IOException {
        JsonNode a = json("compare uv --with gradient-flow,sde2 --eta 0.05 --paths 200 --save 1");
        assertEquals(20, a.get("steps").asInt());
        assertEquals("[0.0,1.0]", a.get("times").toString());
        assertTrue(a.get("moments").isNull());
        double[] order = {2, 3};
        for (int l = 0; l < 2; l++) {
            JsonNode limit = a.get("limits").get(l);
            assertTrue(limit.get("global").isNull());
            assertEquals(order[l], limit.get("local").get("order").asDouble(), 0.1);
        }
        assertEquals(
                "limit,kind,eta,error,se",
                Files.readAllLines(temporary.resolve("run/errors.csv")).getFirst());
        hasFiles("figures/local-error.svg");
    }

    /// Steps of SVAG with l = 4 are fourths of a step of SGD on every clock.
    @Test
    void clocksCountStepsOfSgd() {
        String svag = "simulate four-points --method svag --amplification 4 --eta 0.1 --paths 10 --save 2";
        assertEquals("[0.0,1.0,2.0]", json(svag + " --steps 8").get("times").toString());
        JsonNode gradient = Invocation.json(0, svag + " --until 0.2 --clock gradient --out " + temporary.resolve("b"));
        assertEquals(8, gradient.get("steps").asInt());
        assertEquals(0.2, gradient.get("times").get(2).asDouble(), 1e-15);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "simulate ou --method mlmc --paths 100; --paths: mlmc chooses paths and steps",
                "simulate ou --method mlmc --precision f32; --precision: mlmc chooses",
                "simulate ou --method mlmc --dt 0.1; --dt: mlmc chooses",
                "simulate ou --method mlmc --tolerance 0; --tolerance 0",
                "simulate ou --method mlmc --tolerance 1e-9; path steps, more than",
                "simulate ou --method mlmc --of exact-ou; exact-ou is exact",
                "simulate ou --method mlmc --of sgd; --of sgd: must be an integrator",
                "simulate four-points --method mlmc; mlmc runs on sde models",
                "simulate ou --method talay-tubaro --keep; --keep: talay-tubaro",
                "simulate ou --method talay-tubaro --backend scalar; --backend: talay-tubaro",
                "simulate ou --method talay-tubaro --of milstein --tolerance 0.1; --tolerance: talay-tubaro of milstein",
                "simulate ou --method euler-maruyama --sampling shuffle; --sampling shuffle: euler-maruyama",
                "simulate ou --method euler-maruyama --tolerance 0.1; --tolerance is of milstein, srk-w1, srk-a1",
                "converge ou --method milstein --tolerance 0.1; here the steps of milstein are all of one size",
                "compare ou --with sde1; ou is an sde",
                "compare four-points --with sde1 --of milstein; --of milstein: must be an algorithm",
                "compare four-points --with sgd; --with sgd: must be a limit of sgd",
                "compare four-points --with sde1,sde1; --with sde1 is given twice",
                "compare four-points --with sde2 --of adam; sde2 is a limit of sgd, ngd, svag, momentum",
                "compare four-points --with sde1 --beta 0.5; --beta: neither sgd nor sde1 takes it",
                "simulate four-points --method local-sgd --local 2.5; --local 2.5: must be a whole number",
                "simulate uv --method slow-sde --of local-sgd --workers 1.5; --workers 1.5: must be a whole number",
                "simulate uv --method slow-sde --of local-sgd --local 1.5; --local 1.5: must be a whole number",
                "compare four-points --with sde1 --eta 0; --eta 0: must be positive",
                "compare four-points --with sde1 --paths 0; --paths 0: must be from 1",
            })
    void whatDoesNotFitIsRefusedByName(String arguments, String message) {
        String told = Invocation.refusal(arguments + " --out " + temporary.resolve("run"));
        assertTrue(told.contains(message), told);
    }
}
