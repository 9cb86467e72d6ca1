// The kernels for any processor: SSE2 on x86-64, NEON on arm64.

#define TABLE kernelsBaseline
#define FLAVOUR_NAME "baseline"
#define LANES 4
#if defined(__aarch64__)
#define TILE_ROWS 8
#define TILE_VECTORS 3
#else
#define TILE_ROWS 6
#define TILE_VECTORS 2
#endif
#include "kernels.inc"
