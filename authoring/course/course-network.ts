import { readFileSync } from 'node:fs';
import { sha256OfFiles } from '../../grader/format/sha256.ts';
import { classifierOf, type LoadedClassifier } from '../../reference/lib/models/model-file.ts';
import { readSafetensors } from '../../reference/lib/models/safetensors.ts';
import { requireFittingName } from './named-settings.ts';

/** An imported network that a course is compiled for. */
export interface CourseNetwork {
  readonly classifier: LoadedClassifier;
  /** As it was imported, such as `squeezenet1_0`. */
  readonly name: string;
  /** As titles speak of it, such as `SqueezeNet 1.0`. */
  readonly title: string;
  readonly version: string;
  /** The weights' file as it is. */
  readonly bytes: Uint8Array;
  /** Of the values alone, whatever the network is called. */
  readonly weightsSha256: string;
  /** Of the ONNX file that they were imported from, where that is known. */
  readonly onnxSha256?: string;
  /** Of the weights, in words. */
  readonly licence: string;
}

/** Reads a network. @throws Error where the file cannot be read, is no network, or not the one that its name says */
export function openCourseNetwork({
  name,
  file,
}: {
  readonly name: string;
  readonly file: string;
}): Omit<CourseNetwork, 'licence'> {
  const bytes = readFileSync(file);
  try {
    const stored = readSafetensors(bytes);
    const { version, onnxSha256 } = stored.metadata;
    const title = `SqueezeNet ${version}`;
    const classifier = classifierOf(stored);
    try {
      requireFittingName({ name: classifier.name, version });
    } catch (error) {
      classifier.dispose();
      throw error;
    }
    const values = Object.entries(stored.tensors).map(
      ([tensor, { data }]) =>
        [tensor, new Uint8Array(data.buffer, data.byteOffset, data.byteLength)] as const,
    );
    const weightsSha256 = sha256OfFiles(new Map(values));
    return { name, bytes, title, version, weightsSha256, onnxSha256, classifier };
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`, { cause: error });
  }
}
