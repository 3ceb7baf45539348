package ornstein.device;

/// What a device says of itself.
///
/// @param driver `opencl` or `cuda`
/// @param index its number under the driver
/// @param kind `gpu`, `cpu` or `accelerator`
/// @param memory bytes in all
/// @param largest bytes of the largest array
/// @param units compute units
/// @param f64 whether it computes in double precision, which statistics take
public record DeviceInfo(
        String driver, int index, String name, String kind, long memory, long largest, int units, boolean f64) {
    /// `opencl:0`, by which `ORNSTEIN_DEVICE` names it.
    public String id() {
        return driver + ":" + index;
    }

    /// Whether it is a GPU that computes in double precision.
    public boolean isGpu() {
        return kind.equals("gpu") && f64;
    }
}
