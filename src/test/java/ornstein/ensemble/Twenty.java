package ornstein.ensemble;

import ornstein.model.Model;

/// An Ornstein-Uhlenbeck process in twenty dimensions with full drift and noise matrices,
/// H_ij = exp(-|i - j|/2) + (0.5 + 0.05 i if i = j) and S_ij = 0.3/(1 + |i - j|).
final class Twenty {
    static final int D = 20;
    static final Model MODEL = Runs.text(yaml());

    private Twenty() {}

    static double h(int i, int j) {
        return Math.exp(-Math.abs(i - j) / 2.0) + (i == j ? 0.5 + 0.05 * i : 0);
    }

    static double s(int i, int j) {
        return 0.3 / (1 + Math.abs(i - j));
    }

    private static String yaml() {
        StringBuilder names = new StringBuilder();
        StringBuilder drift = new StringBuilder();
        StringBuilder diffusion = new StringBuilder();
        StringBuilder start = new StringBuilder();
        for (int i = 0; i < D; i++) {
            names.append(i == 0 ? "" : ", ").append('x').append(i);
            start.append(i == 0 ? "" : ", ").append(1 - 0.1 * i);
            StringBuilder f = new StringBuilder();
            StringBuilder b = new StringBuilder();
            for (int j = 0; j < D; j++) {
                f.append(" - ").append(h(i, j)).append("*x").append(j);
                b.append(j == 0 ? "" : ", ").append(s(i, j));
            }
            drift.append("  - \"0").append(f).append("\"\n");
            diffusion.append("  - [").append(b).append("]\n");
        }
        return "kind: sde\nname: twenty\nstate: [" + names + "]\ndrift:\n" + drift + "diffusion:\n" + diffusion
                + "start: [" + start + "]\n";
    }
}
