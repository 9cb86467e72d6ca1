// The kernels for x86-64 with AVX-512.

#if defined(__x86_64__)
#include <immintrin.h>
#pragma clang attribute push(__attribute__((target("avx512f,avx512vl,avx512bw,avx512dq,avx2,fma"))), apply_to = function)
#define TABLE kernelsAvx512
#define FLAVOUR_NAME "avx512"
#define LANES 16
#define TILE_ROWS 12
#define TILE_VECTORS 2
#include "kernels.inc"
#pragma clang attribute pop
#endif
