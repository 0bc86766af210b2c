using System.Runtime.CompilerServices;

namespace Atrium.Laughter.Network;

/// <summary>
/// The inner product of pointwise layers: some pixels by two vectors of outputs, with every sum in a register.
/// Written out, because the compiler keeps named locals in registers and spills arrays.
/// </summary>
internal static unsafe class PointwiseBlocks<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    public static void Twelve(float* input, int pixel, int pixels, int inputs, float* packed, float* bias, float* output, bool rectify)
    {
        var lanes = TLanes.Count;
        TVector low = TLanes.Load(bias), high = TLanes.Load(bias + lanes);
        TVector low0 = low, high0 = high;
        TVector low1 = low, high1 = high;
        TVector low2 = low, high2 = high;
        TVector low3 = low, high3 = high;
        TVector low4 = low, high4 = high;
        TVector low5 = low, high5 = high;
        TVector low6 = low, high6 = high;
        TVector low7 = low, high7 = high;
        TVector low8 = low, high8 = high;
        TVector low9 = low, high9 = high;
        TVector low10 = low, high10 = high;
        TVector low11 = low, high11 = high;
        for (var block = 0; block < inputs / lanes; block++)
        {
            var source = input + (((block * pixels) + pixel) * lanes);
            for (var lane = 0; lane < lanes; lane++)
            {
                low = TLanes.Load(packed);
                high = TLanes.Load(packed + lanes);
                packed += 2 * lanes;
                Accumulate(*source, low, high, ref low0, ref high0);
                Accumulate(source[lanes], low, high, ref low1, ref high1);
                Accumulate(source[2 * lanes], low, high, ref low2, ref high2);
                Accumulate(source[3 * lanes], low, high, ref low3, ref high3);
                Accumulate(source[4 * lanes], low, high, ref low4, ref high4);
                Accumulate(source[5 * lanes], low, high, ref low5, ref high5);
                Accumulate(source[6 * lanes], low, high, ref low6, ref high6);
                Accumulate(source[7 * lanes], low, high, ref low7, ref high7);
                Accumulate(source[8 * lanes], low, high, ref low8, ref high8);
                Accumulate(source[9 * lanes], low, high, ref low9, ref high9);
                Accumulate(source[10 * lanes], low, high, ref low10, ref high10);
                Accumulate(source[11 * lanes], low, high, ref low11, ref high11);
                source++;
            }
        }

        var lowTarget = output + (pixel * lanes);
        var highTarget = lowTarget + (pixels * lanes);
        Write(low0, high0, lowTarget, highTarget, rectify);
        Write(low1, high1, lowTarget + lanes, highTarget + lanes, rectify);
        Write(low2, high2, lowTarget + (2 * lanes), highTarget + (2 * lanes), rectify);
        Write(low3, high3, lowTarget + (3 * lanes), highTarget + (3 * lanes), rectify);
        Write(low4, high4, lowTarget + (4 * lanes), highTarget + (4 * lanes), rectify);
        Write(low5, high5, lowTarget + (5 * lanes), highTarget + (5 * lanes), rectify);
        Write(low6, high6, lowTarget + (6 * lanes), highTarget + (6 * lanes), rectify);
        Write(low7, high7, lowTarget + (7 * lanes), highTarget + (7 * lanes), rectify);
        Write(low8, high8, lowTarget + (8 * lanes), highTarget + (8 * lanes), rectify);
        Write(low9, high9, lowTarget + (9 * lanes), highTarget + (9 * lanes), rectify);
        Write(low10, high10, lowTarget + (10 * lanes), highTarget + (10 * lanes), rectify);
        Write(low11, high11, lowTarget + (11 * lanes), highTarget + (11 * lanes), rectify);
    }

    public static void Six(float* input, int pixel, int pixels, int inputs, float* packed, float* bias, float* output, bool rectify)
    {
        var lanes = TLanes.Count;
        TVector low = TLanes.Load(bias), high = TLanes.Load(bias + lanes);
        TVector low0 = low, high0 = high;
        TVector low1 = low, high1 = high;
        TVector low2 = low, high2 = high;
        TVector low3 = low, high3 = high;
        TVector low4 = low, high4 = high;
        TVector low5 = low, high5 = high;
        for (var block = 0; block < inputs / lanes; block++)
        {
            var source = input + (((block * pixels) + pixel) * lanes);
            for (var lane = 0; lane < lanes; lane++)
            {
                low = TLanes.Load(packed);
                high = TLanes.Load(packed + lanes);
                packed += 2 * lanes;
                Accumulate(*source, low, high, ref low0, ref high0);
                Accumulate(source[lanes], low, high, ref low1, ref high1);
                Accumulate(source[2 * lanes], low, high, ref low2, ref high2);
                Accumulate(source[3 * lanes], low, high, ref low3, ref high3);
                Accumulate(source[4 * lanes], low, high, ref low4, ref high4);
                Accumulate(source[5 * lanes], low, high, ref low5, ref high5);
                source++;
            }
        }

        var lowTarget = output + (pixel * lanes);
        var highTarget = lowTarget + (pixels * lanes);
        Write(low0, high0, lowTarget, highTarget, rectify);
        Write(low1, high1, lowTarget + lanes, highTarget + lanes, rectify);
        Write(low2, high2, lowTarget + (2 * lanes), highTarget + (2 * lanes), rectify);
        Write(low3, high3, lowTarget + (3 * lanes), highTarget + (3 * lanes), rectify);
        Write(low4, high4, lowTarget + (4 * lanes), highTarget + (4 * lanes), rectify);
        Write(low5, high5, lowTarget + (5 * lanes), highTarget + (5 * lanes), rectify);
    }

    public static void One(float* input, int pixel, int pixels, int inputs, float* packed, float* bias, float* output, bool rectify)
    {
        var lanes = TLanes.Count;
        TVector low = TLanes.Load(bias), high = TLanes.Load(bias + lanes);
        TVector low0 = low, high0 = high;
        for (var block = 0; block < inputs / lanes; block++)
        {
            var source = input + (((block * pixels) + pixel) * lanes);
            for (var lane = 0; lane < lanes; lane++)
            {
                low = TLanes.Load(packed);
                high = TLanes.Load(packed + lanes);
                packed += 2 * lanes;
                Accumulate(*source, low, high, ref low0, ref high0);
                source++;
            }
        }

        var lowTarget = output + (pixel * lanes);
        var highTarget = lowTarget + (pixels * lanes);
        Write(low0, high0, lowTarget, highTarget, rectify);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Accumulate(float input, TVector low, TVector high, ref TVector lowSum, ref TVector highSum)
    {
        var value = TLanes.Broadcast(input);
        lowSum = TLanes.MultiplyAdd(value, low, lowSum);
        highSum = TLanes.MultiplyAdd(value, high, highSum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write(TVector low, TVector high, float* lowTarget, float* highTarget, bool rectify)
    {
        TLanes.Store(rectify ? TLanes.Positive(low) : low, lowTarget);
        TLanes.Store(rectify ? TLanes.Positive(high) : high, highTarget);
    }
}
