/// Devices that run kernels through TornadoVM.
///
/// [ornstein.device.Device] and [ornstein.device.DevicePaths] are what a device does; the implementation is compiled
/// where an SDK of TornadoVM is found, and needs a JVM with the SDK's flags, as which the program starts itself again.
@NullMarked
package ornstein.device;

import org.jspecify.annotations.NullMarked;
