// Restores the terminal when the process dies (reliability.md R13 to R16).
//
// Everything that a handler touches is prepared before the terminal is taken over: the settings,
// the bytes to send and the stacks. A handler calls only async-signal-safe functions.
#define _GNU_SOURCE
#include "Restore.h"

#include <curses.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>

#include "include/CNCurses.h"

static volatile sig_atomic_t owned;
static volatile sig_atomic_t ending;
static volatile sig_atomic_t is_lent;
static struct termios original;
static int has_original;
static char farewell[512];
static size_t farewell_length;
static int pipe_ends[2] = {-1, -1};

static const int deaths[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGABRT, SIGSYS};
static const int ends[] = {SIGTERM, SIGHUP, SIGINT, SIGQUIT};

void restore_write(const char *text) {
  size_t length = strlen(text);
  while (length > 0) {
    ssize_t sent = write(STDOUT_FILENO, text, length);
    if (sent < 0) {
      if (errno == EINTR) continue;
      return;
    }
    text += sent;
    length -= (size_t)sent;
  }
}

// The emergency path: no ncurses, no allocation.
static void restore_now(void) {
  if (!owned) return;
  owned = 0;
  sigset_t block;
  sigemptyset(&block);
  sigaddset(&block, SIGTTOU);  // a write from the background must not stop us now
  pthread_sigmask(SIG_BLOCK, &block, NULL);
  farewell[farewell_length] = 0;
  restore_write(farewell);
  if (has_original) tcsetattr(STDIN_FILENO, TCSANOW, &original);
}

static void die_of(int signal_number) {
  restore_now();
  struct sigaction standard = {.sa_handler = SIG_DFL};
  sigemptyset(&standard.sa_mask);
  sigaction(signal_number, &standard, NULL);
  sigset_t open;
  sigemptyset(&open);
  sigaddset(&open, signal_number);
  pthread_sigmask(SIG_UNBLOCK, &open, NULL);
  raise(signal_number);
}

static void on_death(int signal_number) { die_of(signal_number); }

// The first wakes the loop for an orderly end; a second one, or a second without an end, does not
// wait for it.
static void on_end(int signal_number) {
  int saved = errno;
  if (is_lent && (signal_number == SIGINT || signal_number == SIGQUIT)) return;
  if (ending || !owned) die_of(signal_number);
  ending = signal_number;
  unsigned char byte = (unsigned char)signal_number;
  if (write(pipe_ends[1], &byte, 1) < 0) die_of(signal_number);
  alarm(1);
  errno = saved;
}

static void on_alarm(int signal_number) {
  (void)signal_number;
  if (ending) die_of(ending);
}

static void on_change(int signal_number) {
  int saved = errno;
  unsigned char byte = (unsigned char)signal_number;
  ssize_t ignored = write(pipe_ends[1], &byte, 1);  // a full pipe already wakes the loop
  (void)ignored;
  errno = saved;
}

static void handle(int signal_number, void (*handler)(int), int flags) {
  struct sigaction action = {.sa_handler = handler, .sa_flags = flags};
  sigfillset(&action.sa_mask);
  for (size_t i = 0; i < sizeof deaths / sizeof *deaths; i++) sigdelset(&action.sa_mask, deaths[i]);
  sigaction(signal_number, &action, NULL);
}

// A program started by another may inherit signals that are blocked.
static void unblock(void) {
  sigset_t ours;
  sigemptyset(&ours);
  for (size_t i = 0; i < sizeof deaths / sizeof *deaths; i++) sigaddset(&ours, deaths[i]);
  for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) sigaddset(&ours, ends[i]);
  const int others[] = {SIGALRM, SIGWINCH, SIGCONT, SIGTSTP};
  for (size_t i = 0; i < sizeof others / sizeof *others; i++) sigaddset(&ours, others[i]);
  pthread_sigmask(SIG_UNBLOCK, &ours, NULL);
}

static void append_capability(const char *name) {
  const char *text = tigetstr(name);
  if (text == NULL || text == (const char *)-1) return;
  size_t length = strlen(text);
  if (farewell_length + length + 1 >= sizeof farewell) return;
  // Padding such as $<5> is for hardware terminals; it is left out byte by byte.
  for (size_t i = 0; i < length; i++) {
    if (text[i] == '$' && i + 1 < length && text[i + 1] == '<') {
      while (i < length && text[i] != '>') i++;
      continue;
    }
    farewell[farewell_length++] = text[i];
  }
}

void restore_prepare(void) {
  static int is_installed;
  has_original = tcgetattr(STDIN_FILENO, &original) == 0;
  if (is_installed) return;
  is_installed = 1;
  if (pipe2(pipe_ends, O_CLOEXEC | O_NONBLOCK) != 0) pipe_ends[0] = pipe_ends[1] = -1;
  cn_guard_thread();
  for (size_t i = 0; i < sizeof deaths / sizeof *deaths; i++) {
    handle(deaths[i], on_death, SA_ONSTACK);
  }
  for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
    handle(ends[i], on_end, SA_ONSTACK | SA_RESTART);
  }
  unblock();
  handle(SIGALRM, on_alarm, SA_ONSTACK | SA_RESTART);
  handle(SIGWINCH, on_change, SA_ONSTACK | SA_RESTART);
  handle(SIGCONT, on_change, SA_ONSTACK | SA_RESTART);
  handle(SIGTSTP, on_change, SA_ONSTACK | SA_RESTART);
  atexit(cn_stop);
}

void restore_own(int is_owned) {
  if (is_owned && farewell_length == 0) {
    static const char modes[] = "\033[?2004l\033[?1000l\033[?1002l\033[?1003l\033[?1006l";
    memcpy(farewell, modes, sizeof modes - 1);
    farewell_length = sizeof modes - 1;
    append_capability("sgr0");
    append_capability("rmkx");
    append_capability("cnorm");
    append_capability("rmcup");
  }
  if (!is_owned) alarm(0);
  owned = is_owned;
}

void restore_lend(int lent) {
  if (is_lent == lent) return;
  is_lent = lent;
  handle(SIGTSTP, lent ? SIG_DFL : on_change, SA_ONSTACK | SA_RESTART);
}

int cn_signal_descriptor(void) { return pipe_ends[0]; }

int cn_next_signal(void) {
  unsigned char byte;
  return read(pipe_ends[0], &byte, 1) == 1 ? byte : 0;
}

void cn_guard_thread(void) {
  enum { SIZE = 64 * 1024 };
  static _Thread_local char stack[SIZE];
  stack_t guard = {.ss_sp = stack, .ss_size = SIZE};
  sigaltstack(&guard, NULL);
}
