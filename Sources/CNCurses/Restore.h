// The terminal's way back, shared by the two files of this target.
#ifndef CNCURSES_RESTORE_H
#define CNCURSES_RESTORE_H

// Remembers the terminal's settings and the bytes that restore it; installs all handlers.
void restore_prepare(void);

// Marks the terminal as ours or not: the handlers touch it only while it is.
void restore_own(int owned);

// While another program has the terminal its keyboard signals are for that one alone, and a stop is
// a stop of both.
void restore_lend(int lent);

// Bracketed paste and the like, which ncurses does not know. Async-signal-safe.
void restore_write(const char *text);

#endif
