import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { parseCifar10 } from '../../picture-sets/formats/cifar.ts';
import { parseIdx } from '../../picture-sets/formats/idx.ts';
import { parseLabelTable } from '../../picture-sets/formats/label-table.ts';
import { parseNpy } from '../../picture-sets/formats/npy.ts';
import { readNpz } from '../../picture-sets/formats/npz.ts';
import { buildZip } from '../ingest/build-zip.ts';
import { cifar, idx, int64, npy, npz, someBytes } from './foreign-bytes.ts';

describe('arrays of NumPy', () => {
  it('reads bytes with their shape', () => {
    const data = someBytes(24);
    expect(parseNpy(npy([2, 4, 3], data))).toEqual({ shape: [2, 4, 3], data });
    expect(parseNpy(npy([24], data, { version: 2 }))).toEqual({ shape: [24], data });
  });

  it.each([
    ['<i8', int64([0, -1, 999])],
    ['>i8', Buffer.from('0000000000000000ffffffffffffffff00000000000003e7', 'hex')],
    ['<i4', new Uint8Array(Int32Array.of(0, -1, 999).buffer)],
    ['>i2', Buffer.from('0000ffff03e7', 'hex')],
  ])('reads whole numbers of type %s', (type, bytes) => {
    const { data } = parseNpy(npy([3], bytes, { type }));
    expect(Array.from<number | bigint, number>(data, Number)).toEqual([0, -1, 999]);
  });

  it('takes a header that Python 2 wrote', () => {
    const file = Buffer.from(npy([2], someBytes(2)).toString('latin1').replace('(2,), ', '(2L,),'), 'latin1');
    expect(parseNpy(file).shape).toEqual([2]);
  });

  it.each<[string, Uint8Array, string]>([
    ['Python objects', npy([1], Buffer.from('\x80\x04K\x01.'), { type: '|O' }), 'would have to be unpickled'],
    ['floating-point numbers', npy([1], new Uint8Array(4), { type: '<f4' }), 'values of type f4'],
    ['texts', npy([1], new Uint8Array(12), { type: '<U3' }), 'values of type U3'],
    ['columns first', npy([1, 1], new Uint8Array(1), { fortran: 'True' }), 'Fortran order'],
    [
      'fewer values than it says',
      npy([5], someBytes(4)),
      'is cut off: shape (5) takes 5 bytes, and there are 4',
    ],
    ['more values than it says', npy([3], someBytes(4)), 'is longer than its shape'],
    ['a length that no memory has', npy([2 ** 40, 2 ** 12], someBytes(4)), 'is cut off'],
    ['nothing', new Uint8Array(0), 'is not an array of NumPy'],
    ['a version to come', npy([1], someBytes(1), { version: 4 }), 'is of version 4'],
    [
      'an endless header',
      Buffer.from('\x93NUMPY\x02\0\xff\xff\xff\x7f{', 'latin1'),
      'has a header of 2147483647 bytes',
    ],
    [
      'fields',
      Buffer.from(`\x93NUMPY\x01\0\x15\0{'descr': [('a','<i8')]`, 'latin1'),
      'is a structured array',
    ],
    [
      'code for a header',
      Buffer.from(`\x93NUMPY\x01\0\x0a\0__import__`, 'latin1'),
      'a header that is not NumPy’s',
    ],
  ])('refuses %s', (_, bytes, message) => {
    expect(() => parseNpy(bytes)).toThrow(message);
  });
});

describe('archives of NumPy', () => {
  const arrays = { X: npy([1, 17, 17, 3], someBytes(867)), y: npy([1], int64([7]), { type: '<i8' }) };

  it.each([true, false])(
    'reads the arrays that are asked for (packed: %s) and leaves objects alone',
    async (packed) => {
      const bytes = npz(
        { ...arrays, label_map: npy([], Buffer.from('\x80\x04}.'), { type: '|O' }) },
        { packed },
      );
      const { X, y } = await readNpz(bytes, ['X', 'y'], 2000);
      expect(X).toEqual({ shape: [1, 17, 17, 3], data: someBytes(867) });
      expect(y.data).toEqual(BigInt64Array.of(7n));
    },
  );

  it.each<[string, Uint8Array, string]>([
    ['lacks an array', npz({ X: arrays.X }), 'there is no array y in it, but X'],
    [
      'has objects for labels',
      npz({ ...arrays, y: npy([1], Buffer.from('.'), { type: '|O' }) }),
      'the array y holds Python objects',
    ],
    ['is larger than what is read', npz({ ...arrays, X: npy([3000], someBytes(3000)) }), 'X.npy in it has'],
    ['was cut off', npz(arrays).subarray(0, 600), 'not a zip as NumPy writes it, or it is damaged'],
    ['is no zip', Buffer.from('PK\x03\x04'), 'not a zip as NumPy writes it'],
    [
      'unpacks to other bytes than were packed',
      buildZip([{ name: 'X.npy', content: arrays.X, claim: { crc: 1 } }]),
      'it is damaged',
    ],
    [
      'unpacks to more than it says',
      buildZip([{ name: 'X.npy', content: arrays.X, claim: { size: 100 } }]),
      'it is damaged',
    ],
  ])('refuses one that %s', async (_, bytes, message) => {
    await expect(readNpz(bytes, ['X', 'y'], 2000)).rejects.toThrow(message);
  });
});

describe('files as MNIST’s', () => {
  it('reads bytes with their shape, packed by gzip or not', () => {
    const file = idx([2, 3, 4], someBytes(24));
    for (const bytes of [file, gzipSync(file)]) {
      const { shape, data } = parseIdx(bytes, 1000);
      expect(shape).toEqual([2, 3, 4]);
      expect(Buffer.from(data)).toEqual(Buffer.from(someBytes(24)));
    }
  });

  it.each<[string, Uint8Array, string]>([
    ['is cut off', idx([2, 3, 4], someBytes(23)), 'it is cut off: 2x3x4 values, and there are 23'],
    ['is too long', idx([2], someBytes(3)), 'it is longer than its header says'],
    ['ends in its header', idx([2, 3, 4], someBytes(24)).subarray(0, 12), 'cut off within its header'],
    [
      'holds floating-point numbers',
      Buffer.from('00000d0100000001', 'hex'),
      'another type than unsigned bytes',
    ],
    ['has no dimension', Buffer.from('0000080000000001', 'hex'), 'it has 0 dimensions'],
    ['is something else', Buffer.from('a text of some length'), 'it is not an IDX file'],
    [
      'is cut off within gzip',
      gzipSync(idx([24], someBytes(24))).subarray(0, 30),
      'packed by gzip and damaged',
    ],
    ['unpacks to more than is read', gzipSync(Buffer.alloc(2000)), 'it unpacks to more than 1000 bytes'],
  ])('refuses one that %s', (_, bytes, message) => {
    expect(() => parseIdx(bytes, 1000)).toThrow(message);
  });
});

describe('batches of CIFAR-10', () => {
  it('gives each picture its label, and each pixel its red, green and blue', () => {
    const records = parseCifar10(cifar([3, 9]));
    expect(records.map(({ label }) => label)).toEqual([3, 9]);
    expect([...records[1].pixels().subarray(0, 6)]).toEqual([9, 49, 89, 9, 49, 89]);
    expect(records[1].pixels()).toHaveLength(3072);
    const bytes = cifar([0]);
    bytes[1 + 1024 + 33] = 200; // green of the second pixel of the second row
    expect([...parseCifar10(bytes)[0].pixels().subarray(99, 102)]).toEqual([0, 200, 80]);
  });

  it.each<[string, Uint8Array, string]>([
    ['a size that does not fit', cifar([3]).subarray(1), 'it has 3072 bytes, which is no multiple'],
    ['nothing in it', new Uint8Array(0), 'it has 0 bytes'],
    ['a label that there is not', cifar([3, 10]), 'picture 1 has label 10'],
  ])('refuses one with %s', (_, bytes, message) => {
    expect(() => parseCifar10(bytes)).toThrow(message);
  });
});

describe('tables of labels', () => {
  const rows = [
    { file: 'a.png', label: 'quail' },
    { file: 'b, c.png', label: '12' },
  ];

  it.each([
    ['with headings', 'file,label\na.png,quail\n"b, c.png",12\n'],
    ['without headings', 'a.png,quail\n"b, c.png",12'],
    ['with more columns, in another order', 'id,Class,Filename\n1,quail,a.png\n2,12,"b, c.png"\n'],
    ['of a spreadsheet that writes semicolons', '\uFEFFfile;label\r\na.png;quail\r\nb, c.png;12\r\n'],
    ['with tabs', 'file\tlabel\na.png\tquail\nb, c.png\t12\n'],
  ])('reads one %s', (_, text) => {
    expect(parseLabelTable(text).map(({ file, label }) => ({ file, label }))).toEqual(rows);
  });

  it.each([
    ['is empty', '\n\n', 'it is empty'],
    ['does not say which column is which', 'a.png,quail,1\n', 'it has 3 columns, so its first row must name'],
    ['lacks a label', 'file,label\na.png,\n', 'row 2 lacks a label'],
    ['lacks a column', 'file,label\na.png,quail\nb.png\n', 'it is not CSV'],
    ['has an open quotation mark', 'file,label\n"a.png,quail\n', 'it is not CSV'],
  ])('refuses one that %s', (_, text, message) => {
    expect(() => parseLabelTable(text)).toThrow(message);
  });
});
