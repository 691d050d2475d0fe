;; Scales RGB bytes along one axis. Each new pixel is a sum of `count` old ones from `first` on, with weights in units of 2^-22;
;; both lists hold i32 numbers, the weights `count` for each new pixel. Sums begin with 2^21, a half, as the lowest 22 bits are
;; cut off. Up to 16 bytes after the input are read, and after the output are written.
;; `npm run build:wasm` in this package writes the bytes of this module into resample-module.ts.
(module
  (memory (export "memory") 1)

  ;; Every row: `rows` of `stride` bytes at `from` become rows of `wanted` pixels at `to`.
  (func (export "along")
    (param $from i32) (param $stride i32) (param $rows i32)
    (param $first i32) (param $weights i32) (param $count i32) (param $wanted i32)
    (param $to i32)
    (local $x i32) (local $tap i32) (local $pixel i32) (local $weight i32) (local $sum v128)
    (loop $next_row
      (local.set $x (i32.const 0))
      (local.set $weight (local.get $weights))
      (loop $next_pixel
        (local.set $pixel
          (i32.add
            (local.get $from)
            (i32.mul
              (i32.const 3)
              (i32.load (i32.add (local.get $first) (i32.shl (local.get $x) (i32.const 2)))))))
        (local.set $sum (v128.const i32x4 0x200000 0x200000 0x200000 0x200000))
        (local.set $tap (local.get $count))
        ;; Red, green, blue and a byte of the next pixel side by side; the fourth sum is overwritten.
        (loop $next_tap
          (local.set $sum
            (i32x4.add
              (local.get $sum)
              (i32x4.mul
                (i32x4.extend_low_i16x8_u
                  (i16x8.extend_low_i8x16_u (v128.load32_zero (local.get $pixel))))
                (v128.load32_splat (local.get $weight)))))
          (local.set $pixel (i32.add (local.get $pixel) (i32.const 3)))
          (local.set $weight (i32.add (local.get $weight) (i32.const 4)))
          (br_if $next_tap (local.tee $tap (i32.sub (local.get $tap) (i32.const 1)))))
        (local.set $sum (i32x4.shr_u (local.get $sum) (i32.const 22)))
        (local.set $sum (i16x8.narrow_i32x4_s (local.get $sum) (local.get $sum)))
        (i32.store
          (local.get $to)
          (i32x4.extract_lane 0 (i8x16.narrow_i16x8_u (local.get $sum) (local.get $sum))))
        (local.set $to (i32.add (local.get $to) (i32.const 3)))
        (br_if $next_pixel
          (i32.lt_u
            (local.tee $x (i32.add (local.get $x) (i32.const 1)))
            (local.get $wanted))))
      (local.set $from (i32.add (local.get $from) (local.get $stride)))
      (br_if $next_row (local.tee $rows (i32.sub (local.get $rows) (i32.const 1))))))

  ;; Every column: rows of `stride` bytes at `from` become `wanted` rows at `to`.
  (func (export "down")
    (param $from i32) (param $stride i32)
    (param $first i32) (param $weights i32) (param $count i32) (param $wanted i32)
    (param $to i32)
    (local $top i32) (local $i i32) (local $tap i32) (local $bytes i32) (local $weight i32)
    (local $a v128) (local $b v128) (local $c v128) (local $d v128)
    (local $low v128) (local $high v128) (local $factor v128)
    (loop $next_row
      (local.set $top
        (i32.add (local.get $from) (i32.mul (i32.load (local.get $first)) (local.get $stride))))
      (local.set $i (i32.const 0))
      ;; 16 bytes of the row at a time.
      (loop $next_bytes
        (local.set $a (v128.const i32x4 0x200000 0x200000 0x200000 0x200000))
        (local.set $b (local.get $a))
        (local.set $c (local.get $a))
        (local.set $d (local.get $a))
        (local.set $bytes (i32.add (local.get $top) (local.get $i)))
        (local.set $weight (local.get $weights))
        (local.set $tap (local.get $count))
        (loop $next_tap
          (local.set $high (v128.load (local.get $bytes)))
          (local.set $low (i16x8.extend_low_i8x16_u (local.get $high)))
          (local.set $high (i16x8.extend_high_i8x16_u (local.get $high)))
          (local.set $factor (v128.load32_splat (local.get $weight)))
          (local.set $a
            (i32x4.add
              (local.get $a)
              (i32x4.mul (i32x4.extend_low_i16x8_u (local.get $low)) (local.get $factor))))
          (local.set $b
            (i32x4.add
              (local.get $b)
              (i32x4.mul (i32x4.extend_high_i16x8_u (local.get $low)) (local.get $factor))))
          (local.set $c
            (i32x4.add
              (local.get $c)
              (i32x4.mul (i32x4.extend_low_i16x8_u (local.get $high)) (local.get $factor))))
          (local.set $d
            (i32x4.add
              (local.get $d)
              (i32x4.mul (i32x4.extend_high_i16x8_u (local.get $high)) (local.get $factor))))
          (local.set $bytes (i32.add (local.get $bytes) (local.get $stride)))
          (local.set $weight (i32.add (local.get $weight) (i32.const 4)))
          (br_if $next_tap (local.tee $tap (i32.sub (local.get $tap) (i32.const 1)))))
        ;; What goes beyond the row is overwritten by the next one.
        (v128.store
          (i32.add (local.get $to) (local.get $i))
          (i8x16.narrow_i16x8_u
            (i16x8.narrow_i32x4_s
              (i32x4.shr_u (local.get $a) (i32.const 22))
              (i32x4.shr_u (local.get $b) (i32.const 22)))
            (i16x8.narrow_i32x4_s
              (i32x4.shr_u (local.get $c) (i32.const 22))
              (i32x4.shr_u (local.get $d) (i32.const 22)))))
        (br_if $next_bytes
          (i32.lt_u
            (local.tee $i (i32.add (local.get $i) (i32.const 16)))
            (local.get $stride))))
      (local.set $to (i32.add (local.get $to) (local.get $stride)))
      (local.set $first (i32.add (local.get $first) (i32.const 4)))
      (local.set $weights (local.get $weight))
      (br_if $next_row (local.tee $wanted (i32.sub (local.get $wanted) (i32.const 1)))))))
