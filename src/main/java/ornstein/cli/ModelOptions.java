package ornstein.cli;

import java.util.ArrayList;
import java.util.List;
import ornstein.model.Catalog;
import ornstein.model.Model;
import ornstein.model.Overrides;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The model that a command works on: MODEL with the parameters of `--set`.
final class ModelOptions {
    @Parameters(paramLabel = "MODEL", description = "A file, or the name of a model in models/.")
    private String model = "";

    @Option(names = "--set", paramLabel = "NAME=VALUE", description = "The value of a parameter; may be repeated.")
    private List<String> set = new ArrayList<>();

    /// Reads the model.
    ///
    /// @throws ornstein.spec.UserError if there is none, or it has no such parameter
    Model read() {
        return Catalog.installed().model(model, Overrides.parse(set));
    }
}
