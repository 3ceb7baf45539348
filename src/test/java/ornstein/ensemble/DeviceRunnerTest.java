package ornstein.ensemble;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class DeviceRunnerTest {
    @Test
    void callsTakeATenthToHalfASecond() {
        assertEquals(2000, DeviceRunner.nextCall(1000, 1000, 0.05));
        assertEquals(1000, DeviceRunner.nextCall(1000, 1000, 0.2));
        assertEquals(500, DeviceRunner.nextCall(1000, 1000, 0.6));
        assertEquals(1000, DeviceRunner.nextCall(1000, 400, 0.05), "a call cut short by a saved time says little");
        assertEquals(1, DeviceRunner.nextCall(1, 4096, 60));
    }

    /// A device that makes some number of path-steps a second, and takes a millisecond for a call.
    @Test
    void aFastDeviceIsNotHeldUpByCallsNorASlowOneForLong() {
        for (double rate : new double[] {1e7, 1e9, 1e12}) {
            long call = 1 << 24;
            double seconds = 0;
            for (int k = 0; k < 40; k++) {
                seconds = 1e-3 + call / rate;
                call = DeviceRunner.nextCall(call, call, seconds);
            }
            assertEquals(true, seconds >= 0.1 && seconds <= 0.5, rate + ": " + seconds);
        }
    }
}
