/// What a run shows: figures, pages and tables.
///
/// - A [ornstein.stats.chart.Chart] is drawn by [ornstein.report.Figure], as PNG, SVG or PDF.
/// - A [ornstein.report.Page] is a list of [ornstein.report.Block]s (text, facts, tables, charts); it is written as one
///   self-contained HTML file by [ornstein.report.HtmlPage] and as Markdown by [ornstein.report.MarkdownPage].
/// - [ornstein.report.RunPage] keeps a page in a run's folder as `report.json`, with its figures and `report.html`, and
///   remakes them from it; [ornstein.report.Overlay] lays the charts of several runs over each other on one clock.
/// - A [ornstein.report.Grid] is a table of texts, for the console, HTML and Markdown alike.
///
/// All of it is a function of the charts and texts: the same input gives the same bytes.
@NullMarked
package ornstein.report;

import org.jspecify.annotations.NullMarked;
