/// The command line: [ornstein.cli.Main], one small class a command, and the options all commands share
/// ([ornstein.cli.Common]). May use every other package; none uses it.
///
/// To add a command, write a class and name it in the list of [Main]:
/// ```java
/// @Command(name = "models", description = "Lists the models in models/.")
/// final class ModelsCommand implements Callable<Integer> {
///     @Mixin Common common = new Common();
///
///     @Override
///     public Integer call() {
///         List<Model> models = Models.all();
///         return common.answer(models, table(models));   // --json: the value; else: the text
///     }
/// }
/// ```
/// A command that leaves a run folder wraps its work:
/// ```java
/// return common.run(common.plan("four-points-sgd", spec), false, folder -> {
///     try (Progress progress = common.progress("simulate", "steps", spec.steps(), 0)) {
///         Result result = Ensemble.run(spec, common.threads(), progress, common.interruption());
///         folder.writeAtomically("result.json", Json.bytes(result));
///         return common.answer(result, result.table());
///     }
/// });
/// ```
/// What is wrong with a request is a [ornstein.spec.UserError] (exit code 2, one line); any other exception
/// is a failure of ours (exit code 1). Commands print through `common` only: standard output belongs to the
/// answer.
@NullMarked
package ornstein.cli;

import org.jspecify.annotations.NullMarked;
