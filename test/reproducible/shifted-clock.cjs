// Loaded before a build: every Date of the process is some days late.
const shift = Number(process.env.SHIFTED_BY_DAYS ?? 0) * 86_400_000;
const RealDate = Date;

globalThis.Date = class ShiftedDate extends RealDate {
  constructor(...given) {
    if (given.length === 0) super(RealDate.now() + shift);
    else super(...given);
  }

  static now() {
    return RealDate.now() + shift;
  }
};
