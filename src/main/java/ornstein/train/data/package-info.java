/// Data sets for training, as plain arrays.
///
/// A [ornstein.train.data.DataSpec] says which data set and how much of it; [ornstein.train.data.DataStore]
/// turns it into a [ornstein.train.data.Dataset]: two parts of [ornstein.train.data.Examples] (training and
/// held out), with the files they came from and their checksums for the manifest.
///
/// `synthetic` is made from a seed by [ornstein.train.data.Synthetic] and needs nothing. The others are read in their
/// original formats, from the first place that has them: the folder the user names, the folder in `ORNSTEIN_DATA`, the
/// cache folder; else they are downloaded into the cache folder.
///
/// Pixels are scaled to [0, 1] and then standardised per channel with the mean and standard deviation over
/// all training images found, so an image's numbers do not depend on how many of them a run uses.
@NullMarked
package ornstein.train.data;

import org.jspecify.annotations.NullMarked;
