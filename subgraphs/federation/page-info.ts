import { Directive, Field, ObjectType } from 'type-graphql';

/** Several subgraphs page, and each answers its own, hence @shareable. */
@ObjectType('PageInfo', {
  description: 'Vị trí của một trang trong kết nối. Where a page stands in its connection.',
  simpleResolvers: true,
})
@Directive('@shareable')
export class PageInfo {
  @Field(() => Boolean, { description: 'Còn trang sau. There is a next page.' })
  readonly hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'Có trang trước. There is a previous page.' })
  readonly hasPreviousPage!: boolean;

  @Field(() => String, {
    nullable: true,
    description:
      'Con trỏ của dòng đầu trang; null khi trang rỗng. Cursor of the first row; null when the page is empty.',
  })
  readonly startCursor!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Con trỏ của dòng cuối trang; null khi trang rỗng. Cursor of the last row; null when the page is empty.',
  })
  readonly endCursor!: string | null;
}
