meta:
  id: kmq
  title: kmq indexed-colour image
  file-extension: kmq
  license: Apache-2.0
  endian: be
  bit-endian: be
  encoding: UTF-8
doc: |
  The container of a kmq file, version 1, with the indices of packed tiles. Structure only: it does not
  verify checksums, limits or the order of refusals, and does not decode coded palettes and payloads of
  methods 1 to 3. A short file is the one with flag bit 1 set. The
  checksum of a tile runs over more than the tile: see G-4 and T-12.
doc-ref: kmq-1.md
seq:
  - id: header
    type: header
  - id: palette
    type:
      switch-on: header.entry
      cases:
        entry::rgb8: rgb
        entry::rgba8: rgba
    repeat: expr
    repeat-expr: header.num_colors
    if: not header.has_coded_palette
  - id: coded_palette
    type: coded_palette
    if: header.has_coded_palette
  - id: header_crc
    type: u4
    if: not header.is_short
  - id: chunks
    type: chunk
    repeat: until
    repeat-until: _.type == "KPIX"
    if: header.has_chunks
  - id: shared_tables
    type: shared_tables
    if: not header.is_short and header.has_shared_tables
  - id: tiles
    type: tile(_index)
    repeat: expr
    repeat-expr: header.columns * header.rows
    if: not header.is_short
  - id: short_tables
    type: short_tables
    if: header.is_short and header.has_shared_tables
  - id: short_tile
    type: short_tile
    if: header.is_short
  - id: file_crc
    type: u4
    if: header.is_short
types:
  header:
    seq:
      - id: signature
        contents: [0xcb, 0x4b, 0x4d, 0x51, 0x0d, 0x0a, 0x1a, 0x0a]
      - id: version
        type: u1
        valid: 1
      - id: reserved_flags
        type: b5
        valid: 0
      - id: has_matches
        type: b1
      - id: is_short
        type: b1
      - id: has_chunks
        type: b1
        valid:
          expr: not (_ and is_short)
      - id: full_fields
        type: full_fields
        if: not is_short
      - id: short_fields
        type: short_fields
        if: is_short
    instances:
      method:
        value: 'is_short ? short_fields.method : full_fields.method'
      entry:
        value: 'is_short ? short_fields.entry : full_fields.entry'
      width:
        value: 'is_short ? short_fields.width_minus_1 + 1 : full_fields.width'
      height:
        value: 'is_short ? short_fields.height_minus_1 + 1 : full_fields.height'
      num_colors_minus_1:
        value: 'is_short ? short_fields.num_colors_minus_1 : full_fields.num_colors_minus_1'
      color_space:
        value: 'is_short ? color_space::srgb : full_fields.color_space'
      has_coded_palette:
        value: entry == entry::rgb8_coded or entry == entry::rgba8_coded
      has_alpha:
        value: entry == entry::rgba8 or entry == entry::rgba8_coded
      len_raw_palette:
        value: 'num_colors * (has_alpha ? 4 : 3)'
      has_shared_tables:
        value: method == method::rans and num_colors > 1
      num_colors:
        value: num_colors_minus_1 + 1
      bits_per_index:
        doc: The smallest b with 2^b >= K.
        value: >-
          num_colors <= 1 ? 0 : num_colors <= 2 ? 1 : num_colors <= 4 ? 2 : num_colors <= 8 ? 3 :
          num_colors <= 16 ? 4 : num_colors <= 32 ? 5 : num_colors <= 64 ? 6 : num_colors <= 128 ? 7 :
          num_colors <= 256 ? 8 : num_colors <= 512 ? 9 : num_colors <= 1024 ? 10 : num_colors <= 2048 ? 11 :
          num_colors <= 4096 ? 12 : num_colors <= 8192 ? 13 : num_colors <= 16384 ? 14 :
          num_colors <= 32768 ? 15 : 16
      full_tile_width:
        value: '(is_short or full_fields.tile_width_code == 0) ? width : 1 << (full_fields.tile_width_code + 3)'
      full_tile_height:
        value: '(is_short or full_fields.tile_height_code == 0) ? height : 1 << (full_fields.tile_height_code + 3)'
      tile_width:
        value: 'full_tile_width < width ? full_tile_width : width'
      tile_height:
        value: 'full_tile_height < height ? full_tile_height : height'
      columns:
        value: (width + tile_width - 1) / tile_width
      rows:
        value: (height + tile_height - 1) / tile_height
  full_fields:
    seq:
      - id: method
        type: u1
        enum: method
      - id: entry
        type: u1
        enum: entry
      - id: width
        type: u4
        valid:
          min: 1
          max: 0x7fffffff
      - id: height
        type: u4
        valid:
          min: 1
          max: 0x7fffffff
      - id: num_colors_minus_1
        type: u2
      - id: color_space
        type: u1
        enum: color_space
      - id: tile_width_code
        type: b4
      - id: tile_height_code
        type: b4
  short_fields:
    seq:
      - id: entry
        type: b4
        enum: entry
      - id: method
        type: b4
        enum: method
      - id: width_minus_1
        type: u1
      - id: height_minus_1
        type: u1
      - id: num_colors_minus_1
        type: u1
  coded_palette:
    doc: Residuals, coded arithmetically (P-8 to P-14).
    seq:
      - id: len_u1
        type: u1
        if: has_short_length
      - id: len_u2
        type: u2
        if: not has_short_length
      - id: residuals
        size: len_residuals
    instances:
      has_short_length:
        value: _root.header.len_raw_palette <= 256
      len_residuals:
        value: 'has_short_length ? len_u1 : len_u2'
  rgb:
    seq:
      - id: r
        type: u1
      - id: g
        type: u1
      - id: b
        type: u1
  rgba:
    seq:
      - id: r
        type: u1
      - id: g
        type: u1
      - id: b
        type: u1
      - id: a
        type: u1
  chunk:
    seq:
      - id: type
        type: str
        size: 4
        encoding: ASCII
      - id: len_data
        type: u4
      - id: data
        size: len_data
        type:
          switch-on: type
          cases:
            '"pHYs"': phys
            '"tEXt"': text
            '"pALT"': alternative_palette
      - id: crc
        type: u4
  phys:
    seq:
      - id: pixels_per_metre_x
        type: u4
      - id: pixels_per_metre_y
        type: u4
  text:
    seq:
      - id: keyword
        type: strz
      - id: text
        type: str
        size-eos: true
  alternative_palette:
    seq:
      - id: name
        type: strz
      - id: entry
        type: u1
        enum: entry
      - id: palette
        type:
          switch-on: entry
          cases:
            entry::rgb8: rgb
            entry::rgba8: rgba
        repeat: expr
        repeat-expr: _root.header.num_colors
  shared_tables:
    seq:
      - id: len_tables
        type: u4
      - id: tables
        size: len_tables
      - id: crc
        type: u4
  short_tables:
    seq:
      - id: len_tables
        type: u2
      - id: tables
        size: len_tables
  short_tile:
    doc: The only tile of a short file (H-14).
    seq:
      - id: len_u1
        type: u1
        if: has_short_length
      - id: len_u2
        type: u2
        if: not has_short_length
      - id: packed
        size: len_packed
        type: packed(num_pixels)
        if: len_coded == 0
      - id: coded
        size: len_coded
        if: len_coded != 0
    instances:
      num_pixels:
        value: _root.header.width * _root.header.height
      len_packed:
        value: (num_pixels * _root.header.bits_per_index + 7) / 8
      has_short_length:
        value: len_packed <= 256
      len_coded:
        value: 'has_short_length ? len_u1 : len_u2'
  tile:
    params:
      - id: number
        type: s4
    seq:
      - id: is_packed_after_all
        type: b1
        if: has_length
      - id: len_coded
        type: b31
        if: has_length
      - id: packed
        size: len_packed
        type: packed(num_pixels)
        if: is_packed
      - id: coded
        size: len_coded
        if: not is_packed
      - id: crc
        type: u4
    instances:
      h:
        value: _root.header
      has_length:
        value: h.method != method::packed
      is_packed:
        value: not has_length or is_packed_after_all
      x:
        value: number % h.columns * h.tile_width
      y:
        value: number / h.columns * h.tile_height
      width:
        value: 'h.width - x < h.tile_width ? h.width - x : h.tile_width'
      height:
        value: 'h.height - y < h.tile_height ? h.height - y : h.tile_height'
      num_pixels:
        value: width * height
      len_packed:
        value: (num_pixels * h.bits_per_index + 7) / 8
  packed:
    params:
      - id: num_pixels
        type: s4
    seq:
      - id: indices
        type: index
        repeat: expr
        repeat-expr: num_pixels
        if: _root.header.bits_per_index != 0
  index:
    seq:
      - id: bits
        type: b1
        repeat: expr
        repeat-expr: _root.header.bits_per_index
enums:
  method:
    0: packed
    1: deflate
    2: rans
    3: mix
  entry:
    0: rgb8
    1: rgba8
    2: rgb8_coded
    3: rgba8_coded
  color_space:
    0: srgb
    1: icc
