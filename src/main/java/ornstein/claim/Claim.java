package ornstein.claim;

import java.nio.file.Path;

/// A claim of the theory, as its `claim.yaml` states it.
///
/// @param id `C01` ... `C40`
/// @param name the last part of its folder's name, `[a-z0-9-]+`
/// @param group the claims that are run together
/// @param statement what is claimed, in one or two sentences
/// @param source where it is claimed
/// @param experiment the kind of [Experiment] that tests it
/// @param folder the folder that holds its `claim.yaml`
public record Claim(
        String id,
        String name,
        String title,
        String group,
        String statement,
        String source,
        String experiment,
        Path folder) {}
