import type { RandomStream } from '../../reference/lib/random.ts';

const FIRST =
  'Ada Amir Ana Aylin Bao Bea Carlos Chiara Dana David Elif Emma Farid Femi Grace Hana Hugo Ines Ivan Jonas Kaito Lena Luca Maya Mei Milan Nadia Noah Olga Omar Priya Rosa Samuel Sofia Tariq Uma Vera Wei Yara Zoe'.split(
    ' ',
  );
const LAST =
  'Adeyemi Bauer Castro Dubois Eriksen Fischer Garcia Haddad Ito Jansen Kaya Lindqvist Mbeki Nguyen Okafor Park Qureshi Rossi Silva Tanaka Ueda Vogel Wang Xu Yilmaz Zhang'.split(
    ' ',
  );

export function pick<T>(from: readonly T[], random: RandomStream): T {
  return from[random.integer(0, from.length - 1)];
}

/** An invented person; the number keeps two of one name apart. */
export function inventPerson(number: number, random: RandomStream) {
  const name = `${pick(FIRST, random)} ${pick(LAST, random)}`;
  const sid = String(3_200_000 + number);
  return { name, sid, email: `${name.toLowerCase().replace(' ', '.')}.${sid}@university.example` };
}
