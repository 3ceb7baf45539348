// The peer by hand: 1-D Euler-Maruyama in single precision with AVX-512 or AVX2 intrinsics, everything of four steps
// in registers. Philox on even and odd paths in 64-bit lanes, whose low halves are the words.
// Usage: intrinsics ou|double-well f32 avx512|avx2
#include <immintrin.h>

#include "peer.hpp"

#define INLINE inline __attribute__((always_inline))

#ifdef __AVX512F__
struct Avx512 {
  static constexpr int LANES = 16;
  using F = __m512;
  using I = __m512i;
  static INLINE I whole(uint32_t x) { return _mm512_set1_epi32(int(x)); }
  static INLINE I wide(uint64_t x) { return _mm512_set1_epi64(int64_t(x)); }
  static INLINE F real(float x) { return _mm512_set1_ps(x); }
  static INLINE I evens(uint64_t first) {
    return _mm512_add_epi64(wide(first), _mm512_setr_epi64(0, 2, 4, 6, 8, 10, 12, 14));
  }
  static INLINE I product(I a, I b) { return _mm512_mul_epu32(a, b); }
  static INLINE I high(I a) { return _mm512_srli_epi64(a, 32); }
  static INLINE I xor3(I a, I b, I c) { return _mm512_ternarylogic_epi64(a, b, c, 0x96); }
  static INLINE I join(I even, I odd) { return _mm512_mask_mov_epi32(even, 0xAAAA, _mm512_slli_epi64(odd, 32)); }
  static INLINE I add(I a, I b) { return _mm512_add_epi32(a, b); }
  static INLINE I sub(I a, I b) { return _mm512_sub_epi32(a, b); }
  static INLINE I both(I a, I b) { return _mm512_and_si512(a, b); }
  template <int N> static INLINE I left(I a) { return _mm512_slli_epi32(a, N); }
  template <int N> static INLINE I right(I a) { return _mm512_srai_epi32(a, N); }
  static INLINE F toReal(I a) { return _mm512_cvtepi32_ps(a); }
  static INLINE F asReal(I a) { return _mm512_castsi512_ps(a); }
  static INLINE I asWhole(F a) { return _mm512_castps_si512(a); }
  static INLINE F fma(F a, F b, F c) { return _mm512_fmadd_ps(a, b, c); }
  static INLINE F mul(F a, F b) { return _mm512_mul_ps(a, b); }
  static INLINE F sub(F a, F b) { return _mm512_sub_ps(a, b); }
  static INLINE F root(F a) { return _mm512_sqrt_ps(a); }
  static INLINE F load(const float *x) { return _mm512_load_ps(x); }
  static INLINE void store(float *x, F a) { _mm512_store_ps(x, a); }
  // The sign of `magnitude` turned where bit 31 of `word` is set.
  static INLINE F turned(F magnitude, I word) {
    return asReal(_mm512_ternarylogic_epi32(asWhole(magnitude), word, whole(0x80000000), 0x78));
  }
  // `a` and `b` exchanged where bit 30 of `word` is set.
  static INLINE void exchange(I word, F a, F b, F &first, F &second) {
    __mmask16 m = _mm512_test_epi32_mask(word, whole(0x40000000));
    first = _mm512_mask_blend_ps(m, a, b), second = _mm512_mask_blend_ps(m, b, a);
  }
};

#endif

struct Avx2 {
  static constexpr int LANES = 8;
  using F = __m256;
  using I = __m256i;
  static INLINE I whole(uint32_t x) { return _mm256_set1_epi32(int(x)); }
  static INLINE I wide(uint64_t x) { return _mm256_set1_epi64x(int64_t(x)); }
  static INLINE F real(float x) { return _mm256_set1_ps(x); }
  static INLINE I evens(uint64_t first) { return _mm256_add_epi64(wide(first), _mm256_setr_epi64x(0, 2, 4, 6)); }
  static INLINE I product(I a, I b) { return _mm256_mul_epu32(a, b); }
  static INLINE I high(I a) { return _mm256_srli_epi64(a, 32); }
  static INLINE I xor3(I a, I b, I c) { return _mm256_xor_si256(_mm256_xor_si256(a, b), c); }
  static INLINE I join(I even, I odd) { return _mm256_blend_epi32(even, _mm256_slli_epi64(odd, 32), 0xAA); }
  static INLINE I add(I a, I b) { return _mm256_add_epi32(a, b); }
  static INLINE I sub(I a, I b) { return _mm256_sub_epi32(a, b); }
  static INLINE I both(I a, I b) { return _mm256_and_si256(a, b); }
  template <int N> static INLINE I left(I a) { return _mm256_slli_epi32(a, N); }
  template <int N> static INLINE I right(I a) { return _mm256_srai_epi32(a, N); }
  static INLINE F toReal(I a) { return _mm256_cvtepi32_ps(a); }
  static INLINE F asReal(I a) { return _mm256_castsi256_ps(a); }
  static INLINE I asWhole(F a) { return _mm256_castps_si256(a); }
  static INLINE F fma(F a, F b, F c) { return _mm256_fmadd_ps(a, b, c); }
  static INLINE F mul(F a, F b) { return _mm256_mul_ps(a, b); }
  static INLINE F sub(F a, F b) { return _mm256_sub_ps(a, b); }
  static INLINE F root(F a) { return _mm256_sqrt_ps(a); }
  static INLINE F load(const float *x) { return _mm256_load_ps(x); }
  static INLINE void store(float *x, F a) { _mm256_store_ps(x, a); }
  static INLINE F turned(F magnitude, I word) {
    return asReal(_mm256_xor_si256(asWhole(magnitude), both(word, whole(0x80000000))));
  }
  static INLINE void exchange(I word, F a, F b, F &first, F &second) {
    F m = asReal(left<1>(word));
    first = _mm256_blendv_ps(a, b, m), second = _mm256_blendv_ps(b, a, m);
  }
};

template <class V, int N>
static INLINE typename V::F horner(const float (&c)[N], typename V::F x) {
  typename V::F p = V::real(c[N - 1]);
#pragma GCC unroll 16
  for (int i = N - 2; i >= 0; i--) p = V::fma(p, x, V::real(c[i]));
  return p;
}

template <class V>
static INLINE void normals(typename V::I radius, typename V::I angle, typename V::F &first, typename V::F &second) {
  using F = typename V::F;
  using I = typename V::I;
  F u = V::fma(V::toReal(V::both(radius, V::whole(0x7FFFFFFF))), V::real(0x1p-31f), V::real(0x1p-32f));
  I b = V::sub(V::asWhole(u), V::whole(0x3F3504F3));
  F e = V::toReal(V::template right<23>(b));
  F f = V::sub(V::asReal(V::add(V::both(b, V::whole(0x7FFFFF)), V::whole(0x3F3504F3))), V::real(1));
  F log = V::fma(e, V::real(0x1.62e430p-1f), V::fma(horner<V>(LOG32, f), V::mul(f, f), f));
  F r = V::root(V::mul(V::real(-2), log));
  F t = V::fma(V::toReal(V::template left<2>(angle)), V::real(0x1p-32f), V::real(0x1p-31f));
  F z = V::mul(t, t);
  F sin = V::mul(r, V::mul(t, horner<V>(SIN32, z)));
  F cos = V::turned(V::mul(r, horner<V>(COS32, z)), angle);
  V::exchange(angle, cos, sin, first, second);
}

template <class V>
static INLINE void words(uint64_t path, uint32_t block, typename V::I (&w)[4]) {
  using I = typename V::I;
  I a0 = V::evens(path), b0 = V::evens(path + 1), a1 = V::high(a0), b1 = V::high(b0);
  I a2 = V::wide(block), b2 = a2, a3 = V::wide(0), b3 = a3, m0 = V::wide(M0), m1 = V::wide(M1);
  uint32_t k0 = uint32_t(SEED), k1 = SEED >> 32;
#pragma GCC unroll 10
  for (int round = 0; round < 10; round++) {
    I p0 = V::product(a0, m0), p1 = V::product(a2, m1), q0 = V::product(b0, m0), q1 = V::product(b2, m1);
    a0 = V::xor3(V::high(p1), a1, V::wide(k0)), b0 = V::xor3(V::high(q1), b1, V::wide(k0));
    a2 = V::xor3(V::high(p0), a3, V::wide(k1)), b2 = V::xor3(V::high(q0), b3, V::wide(k1));
    a1 = p1, b1 = q1, a3 = p0, b3 = q0;
    k0 += W0, k1 += W1;
  }
  w[0] = V::join(a0, b0), w[1] = V::join(a1, b1), w[2] = V::join(a2, b2), w[3] = V::join(a3, b3);
}

template <class V, bool WELL>
static void run(const Model<float> &m, float *x, long first, long steps) {
  using F = typename V::F;
  F h = V::real(m.h), rate = V::real(-m.rate), noise = V::real(m.noise), four = V::real(4);
  for (long s = 0; s < steps; s += 4) {
    for (int i = 0; i < TILE; i += V::LANES) {
      typename V::I w[4];
      words<V>(first + i, uint32_t(s / 4), w);
      F z[4], y = V::load(x + i);
      normals<V>(w[0], w[1], z[0], z[1]);
      normals<V>(w[2], w[3], z[2], z[3]);
      for (int k = 0; k < 4; k++) {
        F moved = WELL ? V::fma(h, V::mul(four, V::sub(y, V::mul(y, V::mul(y, y)))), y) : V::fma(rate, y, y);
        y = V::fma(noise, z[k], moved);
      }
      V::store(x + i, y);
    }
  }
}

template <class V>
static int with(const std::string &name) {
  Model<float> m = model<float>(name);
  auto move = name == "double-well" ? run<V, true> : run<V, false>;
  return serve<float>(1, [&](float *x, long first, long steps) { move(m, x, first, steps); });
}

int main(int, char **argv) {
#ifdef __AVX512F__
  if (std::string(argv[3]) == "avx512") return with<Avx512>(argv[1]);
#endif
  return with<Avx2>(argv[1]);
}
