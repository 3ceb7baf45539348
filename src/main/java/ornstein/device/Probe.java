package ornstein.device;

import java.util.List;

/// A program that prints the devices of the driver that its JVM was started with: properties `N.name` and the like, or
/// `fault` and `text`. A process of its own, as a driver that does not work takes the JVM's classes with it.
final class Probe {
    private Probe() {}

    public static void main(String[] arguments) {
        StringBuilder out = new StringBuilder();
        try {
            List<Device> devices = Devices.found();
            out.append("count=").append(devices.size()).append('\n');
            for (int i = 0; i < devices.size(); i++)
                out.append(Found.line(i, devices.get(i).info()));
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            out.append("fault=").append(Fault.of(e)).append('\n');
            Throwable root = e;
            while (root.getCause() != null) root = root.getCause();
            String text = String.valueOf(root.getMessage()).lines().findFirst().orElse("");
            out.append("text=").append(text.replace("\\", "\\\\")).append('\n');
        }
        System.out.print(out);
        System.out.flush();
        Runtime.getRuntime().halt(0);
    }
}
