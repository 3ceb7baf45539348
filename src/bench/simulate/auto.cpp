// The peer that leaves the vectors to the compiler: plain loops over the paths of a tile, in two forms, one loop for
// all of a step, or one loop a stage. Usage: auto MODEL f32|f64 one|stages
#include "peer.hpp"

template <class R>
static void step(const Model<R> &m, bool well, R &x, R z) {
  if (well) x = x + m.h * (4 * x - 4 * x * x * x) + m.noise * z;
  else x = x - m.rate * x + m.noise * z;
}

template <class R, bool WELL>
static void one(const Model<R> &given, R *__restrict x, long first, long steps) {
  const Model<R> m = given;
  for (long s = 0; s < steps; s += 4) {
    for (int i = 0; i < TILE; i++) {
      uint32_t w[4];
      philox(first + i, uint32_t(s / 4), w);
      R z[4];
      pair(w[0], w[1], z[0], z[1]);
      pair(w[2], w[3], z[2], z[3]);
      R y = x[i];
      for (int k = 0; k < 4; k++) step(m, WELL, y, z[k]);
      x[i] = y;
    }
  }
}

template <class R>
static void normals(R (*__restrict z)[TILE], long first, uint32_t block) {
  alignas(64) uint32_t w[4][TILE];
  for (int i = 0; i < TILE; i++) {
    uint32_t v[4];
    philox(first + i, block, v);
    for (int k = 0; k < 4; k++) w[k][i] = v[k];
  }
  for (int i = 0; i < TILE; i++) pair(w[0][i], w[1][i], z[0][i], z[1][i]);
  for (int i = 0; i < TILE; i++) pair(w[2][i], w[3][i], z[2][i], z[3][i]);
}

template <class R, bool WELL>
static void stages(const Model<R> &given, R *__restrict x, long first, long steps) {
  const Model<R> m = given;
  alignas(64) R z[4][TILE];
  for (long s = 0; s < steps; s += 4) {
    normals(z, first, uint32_t(s / 4));
    for (int i = 0; i < TILE; i++) {
      R y = x[i];
      for (int k = 0; k < 4; k++) step(m, WELL, y, z[k][i]);
      x[i] = y;
    }
  }
}

// Ten coordinates: 20 normals for two steps.
template <class R>
static void ten(const Model<R> &given, R *__restrict x, long first, long steps) {
  const Model<R> m = given;
  alignas(64) R z[20][TILE];
  for (long s = 0; s < steps; s += 2) {
    for (int b = 0; b < 5; b++) normals(z + 4 * b, first, uint32_t(s / 2 * 5 + b));
    for (int k = 0; k < 20; k += 10) {
      for (int i = 0; i < TILE; i++) {
        R y[10];
#pragma GCC unroll 10
        for (int c = 0; c < 10; c++) {
          R sum = m.noise * z[k + c][i];
#pragma GCC unroll 10
          for (int j = 0; j < 10; j++) sum += m.matrix[c][j] * x[j * TILE + i];
          y[c] = sum;
        }
#pragma GCC unroll 10
        for (int c = 0; c < 10; c++) x[c * TILE + i] = y[c];
      }
    }
  }
}

// The same, a loop a coordinate, as one would write it for any dimension.
template <class R>
static void tenLoops(const Model<R> &given, R *__restrict x, long first, long steps) {
  const Model<R> m = given;
  alignas(64) R z[20][TILE];
  alignas(64) R y[10][TILE];
  for (long s = 0; s < steps; s += 2) {
    for (int b = 0; b < 5; b++) normals(z + 4 * b, first, uint32_t(s / 2 * 5 + b));
    for (int k = 0; k < 20; k += 10) {
      for (int c = 0; c < 10; c++) {
        for (int i = 0; i < TILE; i++) {
          R sum = m.noise * z[k + c][i];
#pragma GCC unroll 10
          for (int j = 0; j < 10; j++) sum += m.matrix[c][j] * x[j * TILE + i];
          y[c][i] = sum;
        }
      }
      std::memcpy(x, y, sizeof y);
    }
  }
}

template <class R>
static int serve(const std::string &name, bool inOne) {
  Model<R> m = model<R>(name);
  auto with = [&](void (*run)(const Model<R> &, R *, long, long)) {
    return serve<R>(m.dimension, [&m, run](R *x, long first, long steps) { run(m, x, first, steps); });
  };
  if (name == "ou-10d") return with(inOne ? ten<R> : tenLoops<R>);
  if (name == "double-well") return with(inOne ? one<R, true> : stages<R, true>);
  return with(inOne ? one<R, false> : stages<R, false>);
}

int main(int, char **argv) {
  bool inOne = std::string(argv[3]) == "one";
  return std::string(argv[2]) == "f32" ? serve<float>(argv[1], inOne) : serve<double>(argv[1], inOne);
}
