package ornstein;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import ornstein.spec.UserError;

class UserErrorTest {
    @Test
    void keepsItsMessage() {
        assertEquals("x", new UserError("x").getMessage());
    }
}
