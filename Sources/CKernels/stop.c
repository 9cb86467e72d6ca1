// The end of a program whose programmer was wrong.

#include "CKernels.h"

#include <string.h>
#include <unistd.h>

void stopWithMessage(const char *message) {
  (void)!write(STDERR_FILENO, message, strlen(message));
  (void)!write(STDERR_FILENO, "\n", 1);
  __builtin_trap();
}
