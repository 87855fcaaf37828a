#include "options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct setting {
  const char *name;
  enum { TEXT, WHOLE, REAL } kind;
  size_t offset;
};

#define SETTING(kind, field) {#field, kind, offsetof(struct options, field)}

static const struct setting settings[] = {
    SETTING(WHOLE, port),          SETTING(TEXT, path),
    SETTING(TEXT, subprotocol),    SETTING(WHOLE, connections),
    SETTING(TEXT, hello_file),     SETTING(WHOLE, hello_replies),
    SETTING(TEXT, ping_text),      SETTING(TEXT, pong_file),
    SETTING(TEXT, calls_file),     SETTING(WHOLE, in_flight),
    SETTING(REAL, calls_per_second), SETTING(TEXT, trigger_file),
    SETTING(WHOLE, trigger_ms),    SETTING(WHOLE, pushes_per_trigger),
    SETTING(TEXT, reply_mark),     SETTING(TEXT, push_mark),      SETTING(TEXT, heartbeat_file),
    SETTING(WHOLE, heartbeat_ms),  SETTING(WHOLE, reconnects_per_second),
};

static void set(struct options *options, const char *name, const char *value) {
  for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
    if (strcmp(settings[i].name, name) != 0) continue;
    char *field = (char *)options + settings[i].offset;
    if (settings[i].kind == TEXT) *(const char **)field = value;
    else if (settings[i].kind == WHOLE) *(int *)field = atoi(value);
    else *(double *)field = atof(value);
    return;
  }
  fprintf(stderr, "generate: unknown option --%s\n", name);
  exit(2);
}

struct options options_parse(int count, char **words) {
  struct options options = {.path = "/"};
  for (int i = 1; i + 1 < count; i += 2) set(&options, words[i] + 2, words[i + 1]);
  return options;
}
