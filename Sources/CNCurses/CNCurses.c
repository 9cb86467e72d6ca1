// The thin layer over ncurses; see CNCurses.h.
#define _GNU_SOURCE
#define _XOPEN_SOURCE_EXTENDED 1
#include "include/CNCurses.h"

#include <curses.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>
#include <wchar.h>

#include "Restore.h"

enum { PASTE_BEGIN_CODE = KEY_MAX + 1, PASTE_END_CODE, BACKGROUND_CODE };

static SCREEN *screen;
static WINDOW *keys;  // a pad: reading from a window would refresh it
static int is_active;
static int uses_colors;
static int click_column, click_row;
static int uses_mouse = 1;
static int awaits_background;

static void enter(void) {
  restore_write("\033[?2004h");
  cn_mouse(uses_mouse);
  is_active = 1;
  restore_own(1);
}

static int check_type(void) {
  const char *type = getenv("TERM");
  int error = 0;
  if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) return CN_NO_TERMINAL;
  if (type == NULL || setupterm(type, STDOUT_FILENO, &error) != OK) return CN_UNKNOWN_TYPE;
  const char *motion = tigetstr("cup");
  if (motion == NULL || motion == (char *)-1) return CN_NO_CURSOR_MOTION;
  return CN_STARTED;
}

// A locale that is named and not installed, as on many small systems, still says that the terminal
// shows UTF-8.
static void set_locale(void) {
  if (setlocale(LC_ALL, "") != NULL || setlocale(LC_CTYPE, "") != NULL) return;
  const char *names[] = {getenv("LC_ALL"), getenv("LC_CTYPE"), getenv("LANG")};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    if (names[i] == NULL || *names[i] == 0) continue;
    if (strcasestr(names[i], "utf-8") || strcasestr(names[i], "utf8")) {
      setlocale(LC_CTYPE, "C.UTF-8");
    }
    return;
  }
}

int cn_start(int colors) {
  if (is_active) return CN_STARTED;
  set_locale();
  int outcome = check_type();
  if (outcome != CN_STARTED) return outcome;
  restore_prepare();
  screen = newterm(NULL, stdout, stdin);  // initscr would exit on an unknown type
  if (screen == NULL) return CN_UNKNOWN_TYPE;
  keys = newpad(1, 1);
  if (keys == NULL) return CN_NO_TERMINAL;
  raw();  // Ctrl-C and Ctrl-Z are keys
  noecho();
  nonl();
  set_escdelay(25);
  keypad(keys, TRUE);
  nodelay(keys, TRUE);
  define_key("\033[200~", PASTE_BEGIN_CODE);
  define_key("\033[201~", PASTE_END_CODE);
  define_key("\033]11;", BACKGROUND_CODE);
  idlok(stdscr, TRUE);
  leaveok(stdscr, TRUE);
  curs_set(0);
  mouseinterval(0);
  uses_colors = colors && has_colors();
  if (uses_colors) {
    start_color();
    use_default_colors();
  }
  enter();
  return CN_STARTED;
}

void cn_stop(void) {
  if (!is_active) return;
  is_active = 0;
  mousemask(0, NULL);
  restore_write("\033[?2004l");
  endwin();
  // An answer that is still on its way must not be typed into the shell.
  if (awaits_background) tcflush(STDIN_FILENO, TCIFLUSH);
  restore_own(0);
}

void cn_resume(void) {
  restore_lend(0);
  doupdate();  // back from endwin: ncurses sets its modes again
  enter();
  clearok(curscr, TRUE);
}

void cn_lend(void) {
  cn_stop();
  restore_lend(1);
}

void cn_wait_for_enter(const char *prompt) {
  restore_write("\n");
  restore_write(prompt);
  char byte = 0;
  while (byte != '\n' && read(STDIN_FILENO, &byte, 1) == 1) continue;
}

void cn_mouse(int is_on) {
  uses_mouse = is_on;
  mousemask(is_on ? BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED : 0, NULL);
}

void cn_copy(const char *base64) {
  restore_write("\033]52;c;");
  restore_write(base64);
  restore_write("\033\\");
}

void cn_ask_background(void) {
  // The console of Linux takes what follows OSC for a palette.
  const char *type = getenv("TERM");
  if (type == NULL || strncmp(type, "linux", 5) == 0) return;
  awaits_background = 1;
  restore_write("\033]11;?\033\\");
}

void cn_suspend(void) {
  cn_stop();
  // The whole group stops, as the terminal driver would have it: `make` in front of us must too.
  struct sigaction ours, standard = {.sa_handler = SIG_DFL};
  sigemptyset(&standard.sa_mask);
  sigaction(SIGTSTP, &standard, &ours);
  kill(0, SIGTSTP);
  // Another thread may take the signal; the stop then comes a moment later.
  nanosleep(&(struct timespec){.tv_nsec = 20 * 1000 * 1000}, NULL);
  sigaction(SIGTSTP, &ours, NULL);
  cn_resume();
}

void cn_resize(int *width, int *height) {
  struct winsize size;
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 && size.ws_row > 0) {
    if (size.ws_row != LINES || size.ws_col != COLS) {
      resizeterm(size.ws_row, size.ws_col);
      clearok(curscr, TRUE);
    }
  }
  *width = COLS;
  *height = LINES;
}

int cn_colors(void) { return uses_colors ? COLORS : 0; }

int cn_is_utf8(void) { return strcmp(nl_langinfo(CODESET), "UTF-8") == 0; }

int cn_width(uint32_t scalar) { return wcwidth((wchar_t)scalar); }

static attr_t native_attributes(int attributes) {
  attr_t native = A_NORMAL;
  if (attributes & CN_BOLD) native |= A_BOLD;
  if (attributes & CN_DIM) native |= A_DIM;
  if (attributes & CN_UNDERLINE) native |= A_UNDERLINE;
  if (attributes & CN_REVERSE) native |= A_REVERSE;
  return native;
}

void cn_put(int row, int column, const uint32_t *scalars, size_t count, int attributes,
            int foreground, int background) {
  wchar_t text[CCHARW_MAX + 1] = {0};
  for (size_t i = 0; i < count && i < CCHARW_MAX; i++) text[i] = (wchar_t)scalars[i];
  int pair = 0;
  if (uses_colors && (foreground >= 0 || background >= 0)) {
    pair = alloc_pair(foreground, background);
    if (pair < 0) pair = 0;
  }
  cchar_t cell;
  if (setcchar(&cell, text, native_attributes(attributes), 0, &pair) == OK) {
    mvadd_wch(row, column, &cell);
  }
}

void cn_show(int everything) {
  if (everything) clearok(curscr, TRUE);
  wnoutrefresh(stdscr);
  doupdate();
}

static uint32_t mouse_key(void) {
  MEVENT event;
  if (getmouse(&event) != OK) return CN_UNKNOWN;
  if (event.bstate & BUTTON4_PRESSED) return CN_WHEEL_UP;
  if (event.bstate & BUTTON5_PRESSED) return CN_WHEEL_DOWN;
  if (!(event.bstate & BUTTON1_PRESSED)) return CN_UNKNOWN;
  click_column = event.x;
  click_row = event.y;
  return CN_CLICK;
}

static uint32_t named_key(wint_t code) {
  switch (code) {
    case KEY_UP: return CN_UP;
    case KEY_DOWN: return CN_DOWN;
    case KEY_LEFT: return CN_LEFT;
    case KEY_RIGHT: return CN_RIGHT;
    case KEY_HOME: return CN_HOME;
    case KEY_END: return CN_END;
    case KEY_PPAGE: return CN_PAGE_UP;
    case KEY_NPAGE: return CN_PAGE_DOWN;
    case KEY_BACKSPACE: return CN_BACKSPACE;
    case KEY_DC: return CN_DELETE;
    case KEY_BTAB: return CN_BACK_TAB;
    case KEY_ENTER: return CN_ENTER;
    case KEY_MOUSE: return mouse_key();
    case PASTE_BEGIN_CODE: return CN_PASTE_BEGIN;
    case PASTE_END_CODE: return CN_PASTE_END;
    case BACKGROUND_CODE:
      awaits_background = 0;
      return CN_BACKGROUND;
    default: return CN_UNKNOWN;
  }
}

uint32_t cn_read(void) {
  wint_t code = 0;
  switch (wget_wch(keys, &code)) {
    case OK: return (uint32_t)code;
    case KEY_CODE_YES: return named_key(code);
    default: return CN_NONE;
  }
}

void cn_click(int *column, int *row) {
  *column = click_column;
  *row = click_row;
}
