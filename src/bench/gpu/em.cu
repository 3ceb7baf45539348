// Euler-Maruyama written by hand for one step at a time: Philox4x32-10, Box-Muller, a thread a path. The limit that the
// GPU back end is measured against.
//   nvcc -O3 -arch=native -o em em.cu && ./em MODEL PRECISION PATHS STEPS
// MODEL: ou, double-well, ou-10d; PRECISION: f32, f64. Prints path-steps a second, the mean and the variance of the first
// coordinate.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>
#include <cuda_runtime.h>

#define CHECK(call)                                                                    \
  do {                                                                                 \
    cudaError_t e = (call);                                                            \
    if (e != cudaSuccess) {                                                            \
      fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, cudaGetErrorString(e));       \
      exit(1);                                                                         \
    }                                                                                  \
  } while (0)

__device__ inline void philox(uint32_t c0, uint32_t c1, uint32_t c2, uint32_t c3, uint32_t k0, uint32_t k1, uint32_t *w) {
#pragma unroll
  for (int round = 0; round < 10; round++) {
    uint32_t h0 = __umulhi(0xD2511F53u, c0), l0 = 0xD2511F53u * c0;
    uint32_t h1 = __umulhi(0xCD9E8D57u, c2), l1 = 0xCD9E8D57u * c2;
    c0 = h1 ^ c1 ^ k0;
    c1 = l1;
    c2 = h0 ^ c3 ^ k1;
    c3 = l0;
    k0 += 0x9E3779B9u;
    k1 += 0xBB67AE85u;
  }
  w[0] = c0;
  w[1] = c1;
  w[2] = c2;
  w[3] = c3;
}

__device__ inline void pair(uint32_t a, uint32_t b, float *z) {
  float r = sqrtf(-2.0f * logf(fmaf((float)(a & 0x7FFFFFFFu), 0x1p-31f, 0x1p-32f)));
  float s, c;
  sincospif(fmaf((float)b, 0x1p-31f, 0x1p-32f), &s, &c);
  z[0] = r * c;
  z[1] = r * s;
}

__device__ inline void pair(uint32_t a, uint32_t b, double *z) {
  double r = sqrt(-2.0 * log(fma((double)(a & 0x7FFFFFFFu), 0x1p-31, 0x1p-32)));
  double s, c;
  sincospi(fma((double)b, 0x1p-31, 0x1p-32), &s, &c);
  z[0] = r * c;
  z[1] = r * s;
}

// drift: 0 = -2 x (ou); 1 = 4 x - 4 x^3 (double well at T = 1/4); 2 = matrix times x (ou-10d)
template <typename R, int D, int MODEL>
__global__ void run(R *state, const R *matrix, long paths, int steps, R h, R noise, uint32_t k0, uint32_t k1) {
  long i = blockIdx.x * (long)blockDim.x + threadIdx.x;
  if (i >= paths) return;
  constexpr int PERIOD = D % 4 == 0 ? 1 : D % 2 == 0 ? 2 : 4;  // steps that use up whole blocks
  R x[D];
  for (int c = 0; c < D; c++) x[c] = state[c * paths + i];
  for (int s = 0; s < steps; s += PERIOD) {
    R z[PERIOD * D];
#pragma unroll
    for (int b = 0; b < PERIOD * D / 4; b++) {
      uint32_t w[4];
      philox((uint32_t)i, (uint32_t)(i >> 32), s / PERIOD * (PERIOD * D / 4) + b, 0, k0, k1, w);
      pair(w[0], w[1], z + 4 * b);
      pair(w[2], w[3], z + 4 * b + 2);
    }
#pragma unroll
    for (int p = 0; p < PERIOD; p++) {
      if (s + p >= steps) break;
      R y[D];
#pragma unroll
      for (int c = 0; c < D; c++) {
        R f;
        if (MODEL == 0) f = R(-2) * x[c];
        else if (MODEL == 1) f = R(4) * x[c] - R(4) * x[c] * x[c] * x[c];
        else {
          f = 0;
#pragma unroll
          for (int k = 0; k < D; k++) f += matrix[c * D + k] * x[k];
        }
        y[c] = x[c] + h * f + noise * z[p * D + c];
      }
#pragma unroll
      for (int c = 0; c < D; c++) x[c] = y[c];
    }
  }
  for (int c = 0; c < D; c++) state[c * paths + i] = x[c];
}

template <typename R, int D, int MODEL>
void bench(long paths, int steps, double sigma) {
  double h = 0.01;
  std::vector<R> matrix(D * D), host(paths * D, R(1));
  for (int a = 0; a < D; a++)
    for (int b = 0; b < D; b++) matrix[a * D + b] = a == b ? R(-1) : R(-0.05);
  R *state, *m;
  CHECK(cudaMalloc(&state, host.size() * sizeof(R)));
  CHECK(cudaMalloc(&m, matrix.size() * sizeof(R)));
  CHECK(cudaMemcpy(m, matrix.data(), matrix.size() * sizeof(R), cudaMemcpyHostToDevice));
  cudaEvent_t begin, end;
  CHECK(cudaEventCreate(&begin));
  CHECK(cudaEventCreate(&end));
  float best = 1e30f;
  for (int repeat = 0; repeat < 6; repeat++) {  // the first warms up
    CHECK(cudaMemcpy(state, host.data(), host.size() * sizeof(R), cudaMemcpyHostToDevice));
    CHECK(cudaEventRecord(begin));
    run<R, D, MODEL><<<(paths + 127) / 128, 128>>>(state, m, paths, steps, R(h), R(sigma * sqrt(h)), 7u, 0u);
    CHECK(cudaGetLastError());
    CHECK(cudaEventRecord(end));
    CHECK(cudaEventSynchronize(end));
    float ms;
    CHECK(cudaEventElapsedTime(&ms, begin, end));
    if (repeat > 0) best = std::min(best, ms);
  }
  std::vector<R> &out = host;
  CHECK(cudaMemcpy(out.data(), state, out.size() * sizeof(R), cudaMemcpyDeviceToHost));
  double mean = 0, square = 0;
  for (long i = 0; i < paths; i++) mean += out[i];
  mean /= paths;
  for (long i = 0; i < paths; i++) square += (out[i] - mean) * (out[i] - mean);
  printf("%.6g %.6g %.6g\n", paths * (double)steps / (best / 1e3), mean, square / paths);
}

template <typename R>
void choose(const std::string &model, long paths, int steps) {
  if (model == "ou") bench<R, 1, 0>(paths, steps, 1);
  else if (model == "double-well") bench<R, 1, 1>(paths, steps, sqrt(0.5));
  else if (model == "ou-10d") bench<R, 10, 2>(paths, steps, 0.5);
  else {
    fprintf(stderr, "no model %s\n", model.c_str());
    exit(2);
  }
}

int main(int count, char **words) {
  if (count != 5) {
    fprintf(stderr, "em MODEL PRECISION PATHS STEPS\n");
    return 2;
  }
  long paths = (long)atof(words[3]);
  int steps = atoi(words[4]);
  if (!strcmp(words[2], "f32")) choose<float>(words[1], paths, steps);
  else choose<double>(words[1], paths, steps);
}
