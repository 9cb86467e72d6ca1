// Free lists: size classes in quarter powers of two, last in first out, one set per thread.
//
// They are C because state per thread costs Swift too much: a lock about 50 ns for each use, a
// task-local about 12 ns. Reuse is the point: a buffer just returned is still in the cache.

#include "CKernels.h"

#include <stdlib.h>

#if __has_feature(address_sanitizer)
#include <sanitizer/asan_interface.h>
/// What nobody asked for is out of bounds, although the list's buffer reaches further.
#define HIDE(start, bytes) __asan_poison_memory_region(start, (size_t)(bytes))
#define SHOW(start, bytes) __asan_unpoison_memory_region(start, (size_t)(bytes))
#else
#define HIDE(start, bytes) ((void)0)
#define SHOW(start, bytes) ((void)0)
#endif

enum { alignment = 64, classCount = 160, cachedBytes = 1 << 28 };

/// Lies before each buffer and fills one cache line.
typedef struct Header {
  struct Header *next;
  int64_t bytes;
  int32_t sizeClass, tag;
} Header;

static _Thread_local Header *freeLists[classCount];
static _Thread_local PoolUse whole, tagged[poolTagCount];
static _Thread_local int32_t currentTag, paused;

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

static void countTake(PoolUse *use, int64_t bytes) {
  use->liveBytes += bytes;
  if (use->liveBytes > use->peakBytes) use->peakBytes = use->liveBytes;
}

static Header *askSystem(int64_t capacity) {
  int64_t bytes = (capacity + 2 * alignment - 1) / alignment * alignment;
  Header *header = aligned_alloc(alignment, (size_t)bytes);
  if (!header) abort();
  PoolUse *uses[] = {&whole, &tagged[currentTag]};
  for (int i = 0; i < 2; i++) {
    uses[i]->systemAllocations += 1;
    uses[i]->systemBytes += bytes;
  }
  return header;
}

static float *bufferOf(Header *header) { return (float *)((char *)header + alignment); }

float *poolTake(int64_t count) {
  int64_t bytes = count * (int64_t)sizeof(float), capacity;
  int32_t index = sizeClass(bytes, &capacity);
  Header *header = index < classCount ? freeLists[index] : 0;
  if (header) {
    freeLists[index] = header->next;
  } else {
    header = askSystem(capacity);
  }
  header->bytes = bytes;
  header->sizeClass = index;
  header->tag = currentTag;
  countTake(&whole, bytes);
  countTake(&tagged[currentTag], bytes);
  SHOW(bufferOf(header), bytes);
  HIDE((char *)bufferOf(header) + bytes, capacity - bytes);
  return bufferOf(header);
}

void poolGive(float *buffer) {
  Header *header = (Header *)((char *)buffer - alignment);
  whole.liveBytes -= header->bytes;
  tagged[header->tag].liveBytes -= header->bytes;
  if (header->sizeClass >= classCount || header->bytes > cachedBytes) {
    free(header);
    return;
  }
  HIDE(buffer, header->bytes);
  header->next = freeLists[header->sizeClass];
  freeLists[header->sizeClass] = header;
}

void poolDrain(void) {
  for (int32_t index = 0; index < classCount; index++) {
    while (freeLists[index]) {
      Header *header = freeLists[index];
      freeLists[index] = header->next;
      free(header);
    }
  }
}

int32_t poolTag(void) { return currentTag; }
void poolSetTag(int32_t tag) { currentTag = tag; }
PoolUse poolUse(void) { return whole; }
PoolUse poolUseOfTag(int32_t tag) { return tagged[tag]; }

void poolResetPeaks(void) {
  whole.peakBytes = whole.liveBytes;
  for (int32_t tag = 0; tag < poolTagCount; tag++) tagged[tag].peakBytes = tagged[tag].liveBytes;
}

int32_t recordingIsPaused(void) { return paused; }
void pauseRecording(int32_t value) { paused = value; }
