/// Figures as data: a [ornstein.stats.chart.Chart] says what is drawn, [ornstein.stats.chart.Series] by
/// [ornstein.stats.chart.Series], and nothing about how. Experiments make charts; `report` draws them and
/// keeps them as `charts.json`, from which a page is remade or several runs are laid over each other on one
/// [ornstein.stats.chart.Clock].
@NullMarked
package ornstein.stats.chart;

import org.jspecify.annotations.NullMarked;
