// Free lists: size classes in quarter powers of two, last in first out, one set per thread.
//
// They are C because state per thread costs Swift too much: a lock about 50 ns for each use, a
// task-local about 12 ns. Reuse is the point: a buffer just returned is still in the cache.

#include "CKernels.h"

#include <stdlib.h>

enum { alignment = 64, classCount = 160, cachedBytes = 1 << 28 };

/// Lies before each buffer and fills one cache line.
typedef struct Header {
  struct Header *next;
  int64_t bytes;
  int32_t sizeClass;
} Header;

static _Thread_local Header *freeLists[classCount];
static _Thread_local PoolCounts counts;
static _Thread_local int32_t paused;

/// The class of the smallest capacity (4 + quarter) << exponent that holds `bytes`.
static int32_t sizeClass(int64_t bytes, int64_t *capacity) {
  if (bytes < alignment) bytes = alignment;
  int exponent = 61 - __builtin_clzll((uint64_t)bytes);
  int64_t quarter = (bytes + (1LL << exponent) - 1) >> exponent;  // 4...8
  if (quarter == 8) {
    quarter = 4;
    exponent += 1;
  }
  *capacity = quarter << exponent;
  return exponent * 4 + (int32_t)quarter - 4;
}

float *poolTake(int64_t count) {
  int64_t bytes = count * (int64_t)sizeof(float), capacity;
  int32_t index = sizeClass(bytes, &capacity);
  Header *header = index < classCount ? freeLists[index] : 0;
  if (header) {
    freeLists[index] = header->next;
  } else {
    counts.systemAllocations += 1;
    int64_t whole = (capacity + 2 * alignment - 1) / alignment * alignment;
    header = aligned_alloc(alignment, (size_t)whole);
    if (!header) abort();
  }
  header->bytes = bytes;
  header->sizeClass = index;
  counts.liveBytes += bytes;
  if (counts.liveBytes > counts.peakBytes) counts.peakBytes = counts.liveBytes;
  return (float *)((char *)header + alignment);
}

void poolGive(float *buffer) {
  Header *header = (Header *)((char *)buffer - alignment);
  counts.liveBytes -= header->bytes;
  if (header->sizeClass >= classCount || header->bytes > cachedBytes) {
    free(header);
    return;
  }
  header->next = freeLists[header->sizeClass];
  freeLists[header->sizeClass] = header;
}

PoolCounts poolCounts(void) { return counts; }
void poolResetPeak(void) { counts.peakBytes = counts.liveBytes; }

int32_t recordingIsPaused(void) { return paused; }
void pauseRecording(int32_t value) { paused = value; }
