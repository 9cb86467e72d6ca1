// What the reader needs of ncurses, as functions that Swift can import.
//
// ncurses keeps its window in a mutable global, hides half of its interface in macros and differs
// between platforms in what a window is; so nothing of it is visible here. One terminal at a time.
#ifndef CNCURSES_H
#define CNCURSES_H

#include <stddef.h>
#include <stdint.h>

// Keys that are no characters, beyond the last code point.
enum {
  CN_NONE = 0x200000,  // nothing to read
  CN_UP,
  CN_DOWN,
  CN_LEFT,
  CN_RIGHT,
  CN_HOME,
  CN_END,
  CN_PAGE_UP,
  CN_PAGE_DOWN,
  CN_BACKSPACE,
  CN_DELETE,
  CN_BACK_TAB,
  CN_ENTER,
  CN_WHEEL_UP,
  CN_WHEEL_DOWN,
  CN_CLICK,
  CN_PASTE_BEGIN,
  CN_PASTE_END,
  CN_BACKGROUND,  // the terminal's answer to cn_ask_background: its text and its end follow
  CN_UNKNOWN,  // a key that the reader has no use for
};

// Attributes of a cell.
enum { CN_BOLD = 1, CN_DIM = 2, CN_UNDERLINE = 4, CN_REVERSE = 8, CN_STRUCK = 16 };

// How starting can fail.
enum { CN_STARTED = 0, CN_NO_TERMINAL = 1, CN_UNKNOWN_TYPE = 2, CN_NO_CURSOR_MOTION = 3 };

// Takes the terminal over: locale, full screen, raw keys, mouse wheel, bracketed paste, and the
// handlers that give it back on every death but SIGKILL. Without `colors` no colour code is sent.
int cn_start(int colors);

// Gives the terminal back. May be called at any time and more than once.
void cn_stop(void);

// Gives the terminal back, stops the process as Ctrl-Z does, and takes the terminal over again
// when it goes on.
void cn_suspend(void);

// Gives the terminal to another program, whose signals of the keyboard are then not ours; cn_resume
// takes it over again. cn_wait_for_enter says something and waits for a line in between.
void cn_lend(void);
void cn_wait_for_enter(const char *prompt);
void cn_resume(void);

// Whether clicks and the wheel are reported.
void cn_mouse(int is_on);

// Sends text, as base64, to the terminal's clipboard (OSC 52); whether it takes it is not known.
void cn_copy(const char *base64);

// Asks the terminal for its background colour (OSC 11); the answer, if there is one, comes as
// CN_BACKGROUND.
void cn_ask_background(void);

// A descriptor that is readable when a signal has come; cn_next_signal takes one, or 0.
int cn_signal_descriptor(void);
int cn_next_signal(void);

// The size of the window, read anew from the terminal.
void cn_resize(int *width, int *height);

// Colours that the terminal shows: 0, 8, 16, 256, or 0x1000000 where a number is red, green, blue.
int cn_colors(void);

// Whether the locale can show more than ASCII.
int cn_is_utf8(void);

// Columns that the C library, and so ncurses, gives to a character; -1 if it does not know it.
int cn_width(uint32_t scalar);

// Puts a base character with its marks at a place; colours are numbers below cn_colors(), or -1 for
// the terminal's.
void cn_put(int row, int column, const uint32_t *scalars, size_t count, int attributes,
            int foreground, int background);

// Sends what changed since the last time; with `everything` the whole screen.
void cn_show(int everything);

// The next key without waiting: a code point or one of the names above.
uint32_t cn_read(void);

// Where the last CN_CLICK was.
void cn_click(int *column, int *row);

// Gives the calling thread a stack of its own for signals, without which a stack overflow on it
// could not restore the terminal.
void cn_guard_thread(void);

#endif
