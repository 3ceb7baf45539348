// What the C++ peers share: Philox4x32-10, the normals of ornstein.random.Normals (the same transformation and
// polynomials), the models, the measurement. The same seed gives the same paths as ours to rounding.
#pragma once
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <thread>
#include <vector>

constexpr int TILE = 256;
constexpr uint32_t M0 = 0xD2511F53, M1 = 0xCD9E8D57, W0 = 0x9E3779B9, W1 = 0xBB67AE85;
constexpr uint64_t SEED = 1;

constexpr float LOG32[] = {-0.5f, 0x1.555554p-2f, -0x1.000228p-2f, 0x1.99a00ap-3f, -0x1.547246p-3f,
                           0x1.22d9f8p-3f, -0x1.0d8518p-3f, 0x1.055c40p-3f, -0x1.38b852p-4f};
constexpr float SIN32[] = {0x1.921fb6p+0f, -0x1.4abbbap-1f, 0x1.465e92p-4f, -0x1.2d9302p-8f};
constexpr float COS32[] = {1, -0x1.3bd3ccp+0f, 0x1.03c1dep-2f, -0x1.55c5e0p-6f, 0x1.d9d57ep-11f};
constexpr double LOG64_EVEN[] = {-0.5, -0x1.fffffffffef17p-3, -0x1.555555566b05cp-3, -0x1.ffffff2c16eb0p-4,
                                 -0x1.9999c265f8ba1p-4, -0x1.5550eef14e139p-4, -0x1.24d747e0a43fcp-4,
                                 -0x1.fba231f60e083p-5, -0x1.d11dcde96b55bp-5, -0x1.ea0945142ed3ep-5};
constexpr double LOG64_ODD[] = {0x1.5555555555533p-2, 0x1.999999999f716p-3, 0x1.24924922a56d7p-3,
                                0x1.c71c71df8bcfep-4, 0x1.745d3f2904912p-4, 0x1.3b0b88910ec22p-4,
                                0x1.11cd01c9a8675p-4, 0x1.d05a99314a940p-5, 0x1.0a6155857edccp-4,
                                0x1.ac7db75be93f3p-6};
constexpr double SIN64[] = {0x1.921fb54442d18p+0, -0x1.4abbce625be41p-1, 0x1.466bc677586ffp-4, -0x1.32d2cce2d52cdp-8,
                            0x1.50782fca32558p-13, -0x1.e300639bb8d6bp-19, 0x1.e3eed493b9fc2p-25};
constexpr double COS64[] = {1, -0x1.3bd3cc9be45dep+0, 0x1.03c1f081b5aaep-2, -0x1.55d3c7e3c9280p-6,
                            0x1.e1f5068367ae8p-11, -0x1.a6d1ec7e0844dp-16, 0x1.f9cc40a9d8fcep-22, -0x1.b263c26024f95p-28};

template <class R, int N>
inline R horner(const R (&c)[N], R x) {
  R p = c[N - 1];
#pragma GCC unroll 16
  for (int i = N - 2; i >= 0; i--) p = std::fma(p, x, c[i]);
  return p;
}

template <class To, class From>
inline To bits(From x) {
  To y;
  std::memcpy(&y, &x, sizeof y);
  return y;
}

inline float logarithm(float x) {
  int32_t b = bits<int32_t>(x) - 0x3F3504F3;
  float e = float(b >> 23);
  float f = bits<float>((b & 0x7FFFFF) + 0x3F3504F3) - 1;
  return std::fma(e, 0x1.62e430p-1f, std::fma(horner(LOG32, f), f * f, f));
}

inline double logarithm(double x) {
  int64_t b = bits<int64_t>(x) - 0x3FE6A09E667F3BCDL;
  double e = double(b >> 52);
  double f = bits<double>((b & 0xFFFFFFFFFFFFFL) + 0x3FE6A09E667F3BCDL) - 1;
  double z = f * f, tail = std::fma(horner(LOG64_ODD, z), f, horner(LOG64_EVEN, z));
  return std::fma(e, 0x1.62e42fefa39efp-1, std::fma(tail, z, f));
}

inline float sine(float t, float z) { return t * horner(SIN32, z); }
inline float cosine(float z) { return horner(COS32, z); }
inline double sine(double t, double z) { return t * horner(SIN64, z); }
inline double cosine(double z) { return horner(COS64, z); }

template <class R>
inline void pair(uint32_t radius, uint32_t angle, R &first, R &second) {
  R u = std::fma(R(int32_t(radius & 0x7FFFFFFF)), R(0x1p-31), R(0x1p-32));
  R r = std::sqrt(R(-2) * logarithm(u));
  R t = std::fma(R(int32_t(angle << 2)), R(0x1p-32), R(0x1p-31));
  R z = t * t;
  R sin = r * sine(t, z), cos = r * cosine(z);
  cos = int32_t(angle) < 0 ? -cos : cos;
  bool exchange = angle & 0x40000000;
  first = exchange ? sin : cos;
  second = exchange ? cos : sin;
}

inline void philox(uint64_t path, uint32_t block, uint32_t (&out)[4]) {
  uint32_t c0 = uint32_t(path), c1 = uint32_t(path >> 32), c2 = block, c3 = 0, k0 = uint32_t(SEED), k1 = SEED >> 32;
#pragma GCC unroll 10
  for (int round = 0; round < 10; round++) {
    uint64_t p0 = uint64_t(c0) * M0, p1 = uint64_t(c2) * M1;
    c0 = uint32_t(p1 >> 32) ^ c1 ^ k0;
    c1 = uint32_t(p1);
    c2 = uint32_t(p0 >> 32) ^ c3 ^ k1;
    c3 = uint32_t(p0);
    k0 += W0;
    k1 += W1;
  }
  out[0] = c0, out[1] = c1, out[2] = c2, out[3] = c3;
}

// The Euler-Maruyama steps, in the numbers that a user could set.
template <class R>
struct Model {
  int dimension;
  R h, root, rate, noise;
  R matrix[10][10];
};

template <class R>
Model<R> model(const std::string &name) {
  Model<R> m{};
  double h = 0.01, s = name == "ou" ? 1 : name == "double-well" ? std::sqrt(0.5) : 0.5;
  m.dimension = name == "ou-10d" ? 10 : 1;
  m.h = R(h), m.rate = R(2 * h), m.root = R(std::sqrt(h)), m.noise = R(std::sqrt(h) * s);
  for (int i = 0; i < 10; i++)
    for (int j = 0; j < 10; j++)
      m.matrix[i][j] = R((i == j ? 1 : 0) - h * (std::pow(2.0, -std::abs(i - j)) + (i == j ? (i + 1) / 10.0 : 0)));
  return m;
}

// Runs `run(states of a tile, coordinate-major, number of its first path, steps)` over all tiles; gives the seconds.
template <class R, class Run>
double simulate(int dimension, long paths, long steps, int threads, double &mean, double &square, Run run) {
  std::vector<double> sums(2 * threads);
  auto begin = std::chrono::steady_clock::now();
  auto work = [&](int k) {
    alignas(64) R x[10 * TILE];
    double a = 0, b = 0;
    for (long first = k * TILE; first < paths; first += long(threads) * TILE) {
      for (int i = 0; i < dimension * TILE; i++) x[i] = 1;
      run(x, first, steps);
      for (int i = 0; i < TILE; i++) a += x[i], b += double(x[i]) * x[i];
    }
    sums[2 * k] = a, sums[2 * k + 1] = b;
  };
  std::vector<std::thread> others;
  for (int k = 1; k < threads; k++) others.emplace_back(work, k);
  work(0);
  for (auto &t : others) t.join();
  double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  mean = square = 0;
  for (int k = 0; k < threads; k++) mean += sums[2 * k] / paths, square += sums[2 * k + 1] / paths;
  return seconds;
}

// Answers each line "PATHS STEPS THREADS" of standard input by "SECONDS MEAN MEAN-OF-SQUARES" of the first coordinate.
template <class R, class Run>
int serve(int dimension, Run run) {
  long paths, steps;
  int threads;
  while (std::scanf("%ld %ld %d", &paths, &steps, &threads) == 3) {
    double mean, square, seconds = simulate<R>(dimension, paths, steps, threads, mean, square, run);
    std::printf("%.9g %.17g %.17g\n", seconds, mean, square);
    std::fflush(stdout);
  }
  return 0;
}
