// Chooses the kernels once, by what the processor can do and what the reader of results asks for.

#include "CKernels.h"

#include <stdatomic.h>
#include <stdio.h>
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

static const char *const flavourNames[] = {"baseline", "avx2", "avx512"};

/// Ends the program as one that was called wrongly.
static _Noreturn void refuse(const char *sentence) {
  fprintf(stderr, "DOWNLINK_KERNELS: %s\n", sentence);
  exit(64);
}

/// The kernels of that name. A figure must come from the kernels it is said to come from, so a name
/// that nobody knows is refused, and so are kernels that this processor lacks.
static const KernelTable *named(const char *name) {
  for (int32_t flavour = KernelFlavourBaseline; flavour <= KernelFlavourAvx512; flavour++) {
    if (strcmp(name, flavourNames[flavour]) != 0) continue;
    const KernelTable *table = kernelTableOfFlavour((KernelFlavour)flavour);
    if (!table) refuse("this processor lacks what these kernels need; name others, or none.");
    return table;
  }
  refuse("kernels are called baseline, avx2 and avx512; name one of them, or none.");
}

static const KernelTable *fastest(void) {
  for (int32_t flavour = KernelFlavourAvx512; flavour > KernelFlavourBaseline; flavour--) {
    const KernelTable *table = kernelTableOfFlavour((KernelFlavour)flavour);
    if (table) return table;
  }
  return &kernelsBaseline;
}

const KernelTable *kernelTable(void) {
  static const KernelTable *_Atomic table;
  const KernelTable *known = atomic_load_explicit(&table, memory_order_relaxed);
  if (known) return known;
  const char *name = getenv("DOWNLINK_KERNELS");
  known = name ? named(name) : fastest();
  atomic_store_explicit(&table, known, memory_order_relaxed);
  return known;
}
