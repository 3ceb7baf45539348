/// The run folder and what is written into it: result tables as CSV and Parquet ([ornstein.run.Table]).
@NullMarked
package ornstein.run;

import org.jspecify.annotations.NullMarked;
