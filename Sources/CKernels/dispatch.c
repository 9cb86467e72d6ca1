// Chooses the kernels once, by what the processor can do and what the reader of results asks for.

#include "CKernels.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

extern const KernelTable kernelsBaseline;
#if defined(__x86_64__)
extern const KernelTable kernelsAvx2, kernelsAvx512;
#endif

const KernelTable *kernelTableOfFlavour(KernelFlavour flavour) {
  switch (flavour) {
    case KernelFlavourBaseline:
      return &kernelsBaseline;
#if defined(__x86_64__)
    case KernelFlavourAvx2:
      if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma")) return 0;
      return &kernelsAvx2;
    case KernelFlavourAvx512:
      if (!__builtin_cpu_supports("avx512f") || !__builtin_cpu_supports("avx512vl") ||
          !__builtin_cpu_supports("avx512bw") || !__builtin_cpu_supports("avx512dq"))
        return 0;
      return &kernelsAvx512;
#endif
    default:
      return 0;
  }
}

/// The best flavour not above the one that `DOWNLINK_KERNELS` names.
static const KernelTable *chosen(void) {
  const char *limit = getenv("DOWNLINK_KERNELS");
  int32_t flavour = KernelFlavourAvx512;
  if (limit && strcmp(limit, "avx2") == 0) flavour = KernelFlavourAvx2;
  if (limit && strcmp(limit, "baseline") == 0) flavour = KernelFlavourBaseline;
  for (; flavour > KernelFlavourBaseline; flavour--) {
    const KernelTable *table = kernelTableOfFlavour((KernelFlavour)flavour);
    if (table) return table;
  }
  return &kernelsBaseline;
}

const KernelTable *kernelTable(void) {
  static const KernelTable *_Atomic table;
  const KernelTable *known = atomic_load_explicit(&table, memory_order_relaxed);
  if (known) return known;
  known = chosen();
  atomic_store_explicit(&table, known, memory_order_relaxed);
  return known;
}
