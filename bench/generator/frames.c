#include "frames.h"

#include <stdio.h>
#include <stdlib.h>

/* Bytes of the masked frame that begins here: header, mask and payload. */
static size_t frame_bytes(const uint8_t *frame) {
  size_t length = frame[1] & 0x7f;
  if (length == 126) return 8 + ((size_t)frame[2] << 8 | frame[3]);
  if (length == 127) {
    length = 0;
    for (int i = 2; i < 10; i++) length = length << 8 | frame[i];
    return 14 + length;
  }
  return 6 + length;
}

struct frames frames_load(const char *path) {
  struct frames frames = {0};
  if (path == NULL) return frames;
  FILE *file = fopen(path, "rb");
  if (file == NULL) {
    perror(path);
    exit(1);
  }
  fseek(file, 0, SEEK_END);
  size_t total = (size_t)ftell(file);
  rewind(file);
  frames.bytes = malloc(total + 1);
  frames.offsets = malloc((total + 1) * sizeof(size_t));
  if (fread(frames.bytes, 1, total, file) != total) exit(1);
  fclose(file);
  for (size_t at = 0; at < total; at += frame_bytes(frames.bytes + at)) frames.offsets[frames.count++] = at;
  frames.offsets[frames.count] = total;
  return frames;
}
