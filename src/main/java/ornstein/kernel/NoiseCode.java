package ornstein.kernel;

import java.util.List;
import ornstein.kernel.Code.Store;
import ornstein.random.Minimax;

/// The normals and uniforms of [ornstein.random.Normals] and [ornstein.random.Uniforms] in the intermediate
/// form: the same bits.
final class NoiseCode {
    private NoiseCode() {}

    /// From the words in slot 0: the radius sqrt(-2 log u), to slot 1.
    static Code radius(Precision precision) {
        Graph g = new Graph(precision);
        Value u = g.fma(g.toReal(g.and(g.words(0), 0x7FFFFFFF)), 0x1p-31, g.constant(0x1p-32));
        Value log = Elementary.log(g, Tables.of(precision), u);
        return new Code(precision, List.of(new Store(1, g.sqrt(g.mul(g.constant(-2), log)))));
    }

    /// From the words in slot 0 and the radius in slot 1: two normals, to slots 2 and 3.
    static Code pair(Precision precision) {
        Graph g = new Graph(precision);
        boolean single = precision == Precision.F32;
        Value w = g.words(0);
        Value r = g.row(1);
        Value signed = single ? g.shl(w, 2) : g.shr(g.shl(w, 34), 32);
        Value t = g.fma(g.toReal(signed), 0x1p-32, g.constant(0x1p-31));
        Value z = g.mul(t, t);
        Minimax sines = single ? Minimax.SIN_QUARTER_F32 : Minimax.SIN_QUARTER_F64;
        Minimax cosines = single ? Minimax.COS_QUARTER_F32 : Minimax.COS_QUARTER_F64;
        Value sin = g.mul(r, g.mul(t, g.polynomial(z, sines)));
        Value positive = g.mul(r, g.polynomial(z, cosines));
        Value cos = g.select(g.apply(Op.ILT, w, g.whole(0)), g.neg(positive), positive);
        Value exchange = g.apply(Op.IEQ, g.and(w, 0x40000000), g.whole(0x40000000));
        return new Code(
                precision,
                List.of(new Store(2, g.select(exchange, sin, cos)), new Store(3, g.select(exchange, cos, sin))));
    }

    /// From the words in slot 0: a uniform on (0,1), to slot 1. Double precision takes all 32 bits, single the upper
    /// 23.
    static Code uniform(Precision precision) {
        Graph g = new Graph(precision);
        Value u = precision == Precision.F32
                ? g.fma(g.toReal(g.and(g.shr(g.words(0), 9), 0x7FFFFF)), 0x1p-23, g.constant(0x1p-24))
                : g.fma(g.toReal(g.and(g.words(0), 0xFFFFFFFFL)), 0x1p-32, g.constant(0x1p-33));
        return new Code(precision, List.of(new Store(1, u)));
    }
}
