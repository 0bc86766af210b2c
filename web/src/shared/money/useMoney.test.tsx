import { renderHook } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { useMoney } from './useMoney';

const money = () => renderHook(() => useMoney()).result.current;

describe('money in words', () => {
  it('shows what is less than its last decimal as less, never as nothing', () => {
    expect(money().one('0.00001')).toBe('under $0.0001');
    expect(money().together(['0.00001', '2']).parts).toEqual(['under $0.0001', '$2.0000']);
  });

  it('shows a rate as it is: a price of 3.5 cents is not one of 4', () => {
    expect(money().exact('0.035')).toBe('$0.035');
    expect(money().exact('15')).toBe('$15.00');
    expect(money().exact('0.0000025')).toBe('$0.0000025');
  });
});
