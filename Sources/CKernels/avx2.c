// The kernels for x86-64 with AVX2 and fused multiply-add.

#if defined(__x86_64__)
#include <immintrin.h>
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define TABLE kernelsAvx2
#define FLAVOUR_NAME "avx2"
#define LANES 8
#define TILE_ROWS 6
#define TILE_VECTORS 2
#include "kernels.inc"
#pragma clang attribute pop
#endif
