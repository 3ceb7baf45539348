/// Kernels on devices, by TornadoVM: [ornstein.tornado.TornadoDevices] finds them,
/// [ornstein.tornado.TornadoPaths] moves paths by the kernels of a [ornstein.tornado.PathsGraph],
/// which a device keeps as its [ornstein.tornado.IdleGraph] and a [ornstein.tornado.Refill] starts anew;
/// [ornstein.tornado.Sums32] and [ornstein.tornado.Sums64] take statistics, and [ornstein.tornado.DeviceMath]
/// is what generated kernels call. All else knows [ornstein.device.Device] alone.
@NullMarked
package ornstein.tornado;

import org.jspecify.annotations.NullMarked;
