package ornstein.method.integrator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import ornstein.expr.Derivative;
import ornstein.expr.Expand;
import ornstein.expr.Expr;
import ornstein.expr.Expr.Sym;
import ornstein.expr.Substitution;
import ornstein.model.SdeModel;

/// What makes an equation one of Langevin: constant noise of the same size b in every direction, independent,
/// and a drift that is the negative gradient of a potential, without the time. The temperature is b^2/2.
final class Langevin {
    private Langevin() {}

    /// Why an equation is none.
    static Optional<String> objection(SdeModel sde) {
        int d = sde.dimension();
        Set<Sym> changing = Substitution.symbols(
                sde.diffusion().stream().flatMap(List::stream).toList());
        boolean isotropic = sde.noises() == d;
        Expr size = sde.diffusion().getFirst().getFirst();
        for (int i = 0; i < d && isotropic; i++) {
            for (int k = 0; k < d; k++) {
                isotropic &= sde.diffusion().get(i).get(k).equals(i == k ? size : Expr.ZERO);
            }
        }
        if (!isotropic || changing.contains(SdeModel.TIME)) {
            return Optional.of("the diffusion is not one constant times the identity");
        }
        if (Substitution.symbols(sde.drift()).contains(SdeModel.TIME)) {
            return Optional.of("the drift depends on the time");
        }
        return isGradient(sde) ? Optional.empty() : Optional.of("the drift is not minus the gradient of a potential");
    }

    private static boolean isGradient(SdeModel sde) {
        if (sde.potential().isPresent()) return true;
        List<List<Expr>> slopes = Derivative.jacobian(sde.drift(), sde.state());
        List<Expr> curl = new ArrayList<>();
        for (int i = 0; i < slopes.size(); i++) {
            for (int j = 0; j < i; j++) {
                curl.add(Expand.of(slopes.get(i).get(j).minus(slopes.get(j).get(i))));
            }
        }
        return curl.stream().allMatch(Expr.ZERO::equals);
    }

    /// b^2/2.
    static Expr temperature(SdeModel sde) {
        return sde.diffusion().getFirst().getFirst().pow(2).times(Expr.ratio(1, 2));
    }
}
