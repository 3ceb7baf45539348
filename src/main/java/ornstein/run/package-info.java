/// What every run leaves behind, and how it goes on after a break. Uses only [ornstein.spec].
///
/// - [RunPlan] says what a run is: command, spec, seed, data. Its hash names the folder.
/// - [RunFolder] is `runs/NAME-HASH/`: `manifest.json` ([Manifest]), `journal.jsonl` ([Journal]), one lock, and the
///   files of the run, each written at once ([AtomicFile]). Work is cut into units; a finished unit is written as a
///   file, noted in the journal, and never done again.
/// - [Progress] tells how far a run is, on standard error: a bar on a terminal, a line every ten seconds elsewhere.
/// - [Interruption] turns Ctrl-C into a flag. Loops call [Interruption#check], which throws [Interrupted]
///   once their state is saved.
/// - [Json] is the one place that writes JSON (no NaN, the same bytes each time), [Table] the one that writes CSV and
///   Parquet.
///
/// ```java
/// try (RunFolder folder = RunFolder.open(plan, RunFolder.Place.standard())) {
///     for (Unit unit : units) {
///         if (!folder.isDone(unit.name())) {
///             folder.writeAtomically(unit.name() + ".json", Json.bytes(work(unit)));
///             folder.done(unit.name());
///         }
///         interruption.check();
///     }
///     folder.finish();
/// }
/// ```
@NullMarked
package ornstein.run;

import org.jspecify.annotations.NullMarked;
